"""The official worksheet (LKE): read, filled, and written as a workbook of our own (`own`).

`columns` finds the columns by their header, `rows` the rows that ask for an answer, `matching` the item of each row;
`contents` is what a portfolio says in them, `filling` which cells of a template get it, `sheet_index` what it computes.
"""
