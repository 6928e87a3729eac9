"""What an instrument and a portfolio are: frozen values."""
