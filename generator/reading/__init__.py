"""One file to one reading, with the position of every value.

`tree` reads a folder, `nodes` a text's YAML and `recovery` what stands beside its faults, `front_matter` the
keys of a text, `fields` a mapping by a table of its keys (a key is a row there), `values` one value. `records`,
`assessment`, `findings`, `free_pages`, `settings` and `instrument_file` read the kinds of files, `answers` an answer on
its scale. Reading never raises for a mistake of the user: `problems` collects diagnostics beside what could be read.
What was meant by a mistake is computed in `typos`, where `problems` and `recovery` have it corrected.
"""
