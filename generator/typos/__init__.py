"""What was probably meant by a wrong name, key, path or line."""
