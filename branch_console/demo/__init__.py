"""The demo: the whole product on this machine, with invented branches, staff and customers."""
