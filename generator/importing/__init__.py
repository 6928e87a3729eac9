"""Brings what a unit already has into its portfolio: a folder from a shared drive, or a filled worksheet.

Each import is computed first as a table of what would be written, which can be shown, edited and checked; writing
follows the table and overwrites nothing that somebody wrote since.
"""
