"""Joins readings with the instrument, their evidence, their links and their history.

`assembly.assemble` returns the portfolio. It understands answers by the scales of their items, finds the
files that records name (`evidence_files`, `documents`), resolves links (`links`), sets copies aside (`copies`), and
takes the names of restricted files out of every text (`confidentiality`). `history` asks git for the last changes.
"""
