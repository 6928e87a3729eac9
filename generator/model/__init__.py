"""The domain model: frozen values of instruments, portfolios and documents, which every other folder uses.

`instrument` has the worksheet (areas, items, scales, gates), `portfolio` records, documents, answers and findings
joined with it, `evidence` the inspection of a file, `text` a rendered text. Nothing of ours is imported here.
"""
