"""The local server: its state, the watch, and the script that renews a page."""
