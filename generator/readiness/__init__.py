"""Which documents count, and how ready a unit is: exact, and on three bases that are never mixed.

`acceptance.judge` says of each document whether it counts on a day, and if not, every reason why. `scores.assess`
computes items, areas, index, gates and the documents worth collecting next. `gaps` says what is missing, for whom and
until when. Blank, broken, rejected or skipped input never raises a figure.
"""
