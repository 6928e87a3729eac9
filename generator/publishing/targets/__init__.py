"""The places that a site is published to, behind one interface.

`target` has the interface and its errors; each other module is one way to a place. `opening` finds the one that an
address names. A new way is a class of its own here, and a case there.
"""
