"""Run a program and write down what it took: `measure.py REPORT SECONDS PROGRAM…`; ends with its exit code.

A small process of its own, because on Linux a program's greatest memory counts that of whoever started it.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time


def main() -> int:
    """Run it, and stop it after so many seconds."""
    report, limit, *command = sys.argv[1:]
    began = time.monotonic()
    child = os.posix_spawn(command[0], command, os.environ, setpgroup=0)
    signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
    signal.alarm(int(limit))
    _, status, _ = os.wait4(child, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    measured = {"wall": time.monotonic() - began, "cpu": cpu, "megabytes": used.ru_maxrss / 1024}
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 - nothing more than needed is imported
        json.dump(measured, file)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
