"""What is wrong with a portfolio as a whole: policy, portability, plausibility, misplaced files.

A rule takes the joined portfolio and returns diagnostics. What one file shows by itself is reported where it is read.
"""
