"""One file to one reading, with the position of every value.

`tree` finds the texts of a portfolio's folder, `nodes` reads a text's YAML, `fields` a mapping by a table of its keys
(a key is a row there), `kinds` one value. `records`, `assessment`, `free_pages`, `settings` and `instrument_file`
read the kinds of files. Reading never raises for a mistake of the user: it returns diagnostics beside what could be
read.
"""
