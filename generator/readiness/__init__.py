"""Which documents count, and how ready a unit is: exact, and on three bases that are never mixed.

`acceptance.judge_record` says of each document of a record whether it counts on a day, and if not, every reason why.
`readiness.assess` computes the rest anew from all judged records: `scores` of items, areas and index, `gates`, and the
`next_documents` to collect. `gaps` says what is missing, for whom and until when. Blank, broken, rejected or skipped
input never raises a figure.
"""
