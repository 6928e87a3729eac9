"""Results kept from one run to the next, and processes that compute them. Knows nothing of the domain.

A result is kept with its arguments (`steps`): equal arguments give the same result. The `store` has bytes and values by
key on disk, for the next process, and may be deleted at any time. `digests` are those of values; `build_stamp` shows
that a run has nothing to do; `workers` runs functions in other processes within limits of time and memory (`sandbox`).
"""
