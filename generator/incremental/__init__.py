"""Results kept from one run to the next, and processes that compute them. Knows nothing of the domain.

A result is kept with its arguments: equal arguments give the same result, so nothing else has to be known of them.
`store` holds bytes by key on disk and may be deleted at any time, `build_stamp` says that a run has nothing to do,
and `workers` runs functions in other processes within limits of time and memory (`sandbox`).
"""
