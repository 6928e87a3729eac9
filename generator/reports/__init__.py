"""Reports for paper: the readiness report, the annex to a proposal, the statement to sign, an evaluation.

Each is a sequence of blocks, filled in by the views of the site; `pdf` and `docx` set the same blocks.
"""
