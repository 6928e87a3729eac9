"""What an instrument, a portfolio and a document are: frozen values that every other folder uses.

`instrument` has the worksheet (areas, items, scales, gates), `portfolio` records, documents, answers and findings
joined with it, `evidence` what was found out about a file, `text` a rendered text. Nothing of ours is imported here.
"""
