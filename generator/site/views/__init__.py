"""One frozen view per kind of page: all wording and formatting is done here, so that templates only place it."""
