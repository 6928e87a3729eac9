"""One frozen view for each kind of page, a function of the values that it shows.

All wording and all formatting of figures and dates is done here, so that templates only place them.
"""
