"""One module a kind of act, each with its `ACT`."""
