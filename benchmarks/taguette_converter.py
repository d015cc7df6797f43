"""Convert files as Taguette does when they are uploaded; run by Taguette's own Python, not by qualcase's.

It prints one line of JSON: what each file took in seconds of wall and processor time, or why it did not work.
"""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import sys
import time
import warnings
from pathlib import Path

from taguette.convert import ConversionError, to_html

# As generous as can be: nothing is to be refused for its size here.
CONFIGURATION = {"CONVERT_TO_HTML_TIMEOUT": 300, "OPF_OUT_SIZE_LIMIT": 10**9, "HTML_OUT_SIZE_LIMIT": 10**9}


def main() -> None:
    """Convert every file that is named."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    wall, processor, size = time.perf_counter(), spent(), 0
    try:
        for name in sys.argv[1:]:
            path = Path(name)
            size += len(asyncio.run(to_html(path.read_bytes(), "", path.name, CONFIGURATION)))
    except ConversionError as error:
        print(json.dumps({"fault": str(error)}))
        return
    took = {"wall": time.perf_counter() - wall, "processor": spent() - processor, "characters": size}
    print(json.dumps(took))


def spent() -> float:
    """Return the processor time of this process and of those that it ran."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
