"""One file to one reading, with the position of every value."""
