"""The output folder: may it be written to, whose site it holds, and a new site in its place in one step.

`staging.staging` offers a folder to write a site into; `folder_checks` refuses folders that must not be written to.
"""
