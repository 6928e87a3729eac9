"""`check --fix`: certain changes to texts, tried in memory before they are written."""
