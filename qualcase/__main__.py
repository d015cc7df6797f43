"""`python -m qualcase`: the same as the command `qualcase`."""

from __future__ import annotations

from qualcase.cli import main

if __name__ == "__main__":
    main()
