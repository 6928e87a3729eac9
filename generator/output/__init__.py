"""The site on disk: written aside, swapped in whole.

`staging` collects a new site from pages, copies and files kept from the last one, keeps its manifest, and exchanges
it for the old one; it refuses folders that hold what Catat did not write. `site_owner` knows whose site a folder
holds.
"""
