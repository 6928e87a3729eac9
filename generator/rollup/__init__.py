"""Many units: a list of portfolios, what each says of its readiness, and one read-only site of them all.

`unit_list` reads the list, `fetching` what lies at the place of each unit, `unit_readiness` one readiness.json.
`rollup` joins them, `totals` counts, `history` keeps what each run found, `views/` and `site` are the pages, `rollup_json` the
data. `engines/` build units whose sources lie here, one process each.
"""
