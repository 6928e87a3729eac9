"""Markdown to safe HTML, as GitHub reads it.

`render.render` turns a text into HTML, cut at its links so that each page can place them. Blocks, lists, tables and
references are read by our own modules, what is within a line by Python-Markdown's engine and ours; HTML is made safe
last.
"""
