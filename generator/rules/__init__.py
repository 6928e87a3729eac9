"""What is wrong with a portfolio as a whole."""
