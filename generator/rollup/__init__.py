"""Many units: a list of portfolios, what each says of its readiness, and one read-only site of them all.

`unit_list` reads the list, `fetching` what each unit has published, `unit_readiness` one readiness.json. `rollup` joins
them, `totals` counts, `history` keeps what each run found; `site` and `views/` are the pages, `rollup_json` the data.
`engines/` build units whose sources are here, one process each (`unit_build`, `unit_process`).
"""
