"""How long, how much work and how much memory a build costs, measured beside another generator."""
