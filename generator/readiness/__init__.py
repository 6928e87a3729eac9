"""Which documents count, scores, gates and gaps."""
