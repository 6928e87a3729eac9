"""The exit codes of the command (contract: formats, section 9)."""

OK = 0
ERRORS = 1
USAGE = 2
ENVIRONMENT = 3
INTERRUPTED = 130
