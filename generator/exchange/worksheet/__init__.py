"""The official worksheet (LKE): where its columns and rows are, and which item each row asks for.

`columns` finds the columns by their header, `rows` the rows that ask for an answer, `matching` the item of each row.
"""
