"""Pin what qualcase needs, with hashes and without addresses: run.txt to use it, dev.txt to work on it.

bench.txt is for an environment of its own: it holds what benchmarks time qualcase beside.

Run as `make lock`. The pins hold for every operating system and Python that pyproject.toml names.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = "uv==0.13.8"
COMMON = [
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-config", "--no-sources"),
    *("--no-header", "--no-annotate"),
]
PROJECT = ("pyproject.toml", "-")
BUILD = "hatchling>=1.27\n"


def main() -> None:
    """Write the files; dev.txt takes run.txt's versions, so that one environment can hold both."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        bin_folder = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([bin_folder / "python", "-m", "pip", "install", "--quiet", TOOL], check=True)
        _compile(bin_folder / "uv", "run.txt", *PROJECT)
        extras = (*PROJECT, "--extra=test", "--extra=dev", "--constraint=requirements/run.txt")
        _compile(bin_folder / "uv", "dev.txt", *extras)
        _compile(bin_folder / "uv", "bench.txt", "--group=bench")


def _compile(tool: Path, name: str, *options: str) -> None:
    target = ROOT / "requirements" / name
    target.unlink(missing_ok=True)
    command = [tool, "pip", "compile", *COMMON, *options, f"--output-file={target}"]
    # Pins must come from the public index alone, whatever this machine adds to it.
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_FIND"))}
    subprocess.run(command, cwd=ROOT, input=BUILD, text=True, check=True, env=environment)
    pins = sum("==" in line for line in target.read_text(encoding="utf-8").splitlines())
    sys.stdout.write(f"{target.relative_to(ROOT)}: {pins} pins\n")


if __name__ == "__main__":
    main()
