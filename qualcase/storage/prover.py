"""The process in which a large copy of a project is proven.

Run as `python -m qualcase.storage.prover FILE [OTHER]`; it writes to stdout, as JSON, what is wrong with the
file and with what another copy would bring to it: null where nothing is. Where it cannot tell it writes
nothing, and ends with another code than 0.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from qualcase.storage.proving import find_faults


def main() -> None:
    """Prove the file that is named first."""
    gc.disable()  # Nothing that a walk along the chain makes is in a ring, and the process ends with it.
    path, *others = map(Path, sys.argv[1:])
    sys.stdout.write(json.dumps(find_faults(path, others[0] if others else None)))


if __name__ == "__main__":
    main()
