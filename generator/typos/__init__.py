"""What was probably meant by a wrong name, key, path or line.

`spelling` knows names and keys, `yaml_lines` lines that are no YAML, `similar_paths` the files that a wrong path may
mean. Only what is beyond doubt becomes a fix; what is near is suggested.
"""
