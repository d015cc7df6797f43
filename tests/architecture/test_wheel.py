"""What is installed from a wheel has everything that a clone has."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def names(repo, tmp_path_factory):
    """Build the wheel and return the names inside."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    ran = subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def in_wheel(name):
    """Return where a file of the clone lies in the wheel, or None where it does not belong there."""
    top = name.partition("/")[0]
    if top == "qualcase":
        return name
    return f"qualcase/_shipped/{name}" if top in {"codebooks", "corpora"} else None


def test_every_file_of_the_package_is_in_the_wheel(names, tracked, repo):
    wanted = {in_wheel(file.relative_to(repo).as_posix()) for file in tracked} - {None}
    assert wanted - names == set()


def test_nothing_else_is(names):
    assert [name for name in names if not name.startswith(("qualcase/", "qualcase-"))] == []
    assert [name for name in names if name.endswith(".pyc")] == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"qualcase/py\.typed",
        r"qualcase/_shipped/codebooks/four-process\.ya?ml",
        r"qualcase/_shipped/codebooks/cop-leadership\.ya?ml",
        r"qualcase/_shipped/corpora/healthinnovation/.+",
        r"qualcase/reports/templates/.+",
        r"qualcase/storage/migrations/versions/.+\.py",
        r"qualcase/tui/.+\.tcss",
        r"qualcase/.+schema.*\.json",
        r"qualcase-[\d.]+\.dist-info/licenses/LICENSE",
    ],
)
def test_it_carries(names, pattern):
    assert any(re.fullmatch(pattern, name) for name in names)
