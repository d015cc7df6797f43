"""The process in which a large copy of a project is proven.

Run as `python -m qualcase.storage.prover FILE`; it writes what is wrong with the file, as JSON, to stdout:
null where nothing is. Where it cannot tell it writes nothing, and ends with another code than 0.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from qualcase.storage.proving import find_fault


def main() -> None:
    """Prove the file that is named."""
    gc.disable()  # Nothing that a walk along the chain makes is in a ring, and the process ends with it.
    fault = find_fault(Path(sys.argv[1]))
    sys.stdout.write(json.dumps(fault))


if __name__ == "__main__":
    main()
