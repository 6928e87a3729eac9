"""Catat: a static site generator for evidence portfolios of Zona Integritas work units."""

__version__ = "0.1.0"
