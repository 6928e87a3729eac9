"""Catat: a static site generator for evidence portfolios of Zona Integritas work units.

Each folder is one layer with one job, and imports go down only; `docs/architecture.md` has the picture. `cli` runs a
command, `build` reads, checks and builds a portfolio, and the folders below it are functions from values to values.
"""

__version__ = "0.1.0"
