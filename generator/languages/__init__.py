"""The languages that Catat speaks: a folder for each, and what they share.

`<code>/` holds all words of a language: those of each rule, the catalogue of pages and commands, the guide. `sentences`
and `keys` give access to them; `selection` knows which language a run speaks; `dates` reads days as people write them.
"""
