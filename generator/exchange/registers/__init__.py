"""The registers of a portfolio as tables: records, evidence, findings, gaps, items; and all of it as one JSON file.

`tables` has the rows, `workbook` writes them as xlsx, `csv_files` as csv; `portfolio_json` is for programs.
They say what the site says and no more: drafts have no row, and what is restricted shows what its page shows.
"""
