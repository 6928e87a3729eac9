"""Results kept from one run to the next, and processes that compute them; knows nothing of the domain."""
