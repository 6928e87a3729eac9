"""Workbooks as packages of XML: their rules, filling cells and nothing else, computing formulas."""
