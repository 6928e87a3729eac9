"""`check --fix`: plans changes to texts, tries them in memory, writes them.

`fixes.plan` returns the changes that are safe; `changes` shows one as a difference and writes it.
"""
