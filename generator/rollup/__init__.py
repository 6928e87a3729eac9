"""Many units: a list of portfolios, what each says of its readiness, and one read-only site of them all.

<<<<<<< HEAD
`unit_list` reads the list, `fetching` what each unit has published, `unit_readiness` one readiness.json. `rollup` joins
them, `totals` counts, `history` keeps what each run found; `site` and `views/` are the pages, `rollup_json` the data.
`engines/` build units whose sources are here, one process each.
=======
`unit_list` reads the list, `fetching` what lies at the place of each unit, `unit_readiness` one readiness.json.
`rollup` joins them, `totals` counts, `history` keeps what each run found, `views/` and `site` are the pages,
`rollup_json` the data. `engines/` build units whose sources lie here, one process each.
>>>>>>> dacf5fe (Bound what is read of a copy in bytes and in time)
"""
