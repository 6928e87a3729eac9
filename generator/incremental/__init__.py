"""Results kept from one run to the next, and processes that compute them. Knows nothing of the domain.

A result is kept with its arguments (`steps`): equal arguments give the same result. `snapshots` keeps steps for the
next process in the `store`, which has bytes by key on disk and may be deleted at any time. `build_stamp` shows that a
run has nothing to do, and `workers` runs functions in other processes within limits of time and memory (`sandbox`).
"""
