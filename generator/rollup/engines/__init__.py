"""Where the builds of units run: `local`, threads of this machine; `fleet`, the workers of a Dask scheduler.

Both offer one interface, `Engine`: submit a unit, get its result. `unit_build.build_unit` is what runs: one
`catat build` process, so that a crash, a hang or eaten memory is that unit's result alone.
"""
