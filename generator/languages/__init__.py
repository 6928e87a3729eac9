"""The languages Catat speaks, one folder each."""
