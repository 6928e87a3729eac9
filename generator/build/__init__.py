"""A portfolio from its folder to its site: read, join, judge, render, write; the only user of `incremental`."""
