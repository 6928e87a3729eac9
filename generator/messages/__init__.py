"""A diagnostic as a value, and its renderers."""
