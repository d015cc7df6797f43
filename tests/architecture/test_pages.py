"""What the pages of the project say is so: paths exist, links lead somewhere, commands do it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

PAGES = (
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "docs/index.md",
    "docs/dependencies.md",
    "docs/tour/README.md",
    "docs/workbench.md",
)
ROOMS = "analysis|cli|codebook|coding|model|project|readers|reports|storage|suggest|text|triangulation|tui"

RUN_FROM_HERE = """
qualcase() { "$PYTHON" -m qualcase "$@"; }
first_suggestion() {
    qualcase suggest S1 --json |
        "$PYTHON" -c 'import json, sys; print(json.load(sys.stdin)["suggestions"][0]["id"])'
}
"""


def shown(text):
    """Return the lines of a page's code blocks."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


def walk(text):
    """Return the first quarter of an hour as a script that runs where nobody types."""
    _, _, chapter = text.partition("## The first quarter of an hour")
    chapter = chapter.partition("\n## ")[0].replace(
        "suggest accept ID", 'suggest accept "$(first_suggestion)"'
    )
    return [line for line in shown(chapter) if not line.startswith("qualcase tui")]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(repo, page):
    text = (repo / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (repo / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(repo, page):
    text = (repo / page).read_text(encoding="utf-8")
    rooms = [repo / "qualcase" / path for path in re.findall(rf"`((?:{ROOMS})/[\w/.-]*)`", text)]
    others = [
        repo / path
        for path in re.findall(r"`((?:tests|benchmarks|docs|codebooks|requirements)/[\w/.-]*)`", text)
    ]
    assert [str(path) for path in rooms + others if not path.exists()] == []


def test_the_first_screen_says_how_to_begin(repo):
    first = (repo / "README.md").read_text(encoding="utf-8").splitlines()[:24]
    assert all(any(word in line for line in first) for word in ("make demo", "make test", "pipx install"))


def test_the_first_quarter_of_an_hour_goes_as_the_readme_says(repo, tmp_path):
    lines = walk((repo / "README.md").read_text(encoding="utf-8"))
    assert sum(line.startswith("qualcase") for line in lines) > 15
    (tmp_path / "corpora").symlink_to(repo / "corpora")
    script = "\n".join(["set -euo pipefail", RUN_FROM_HERE, *lines])
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(repo)}
    ran = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "report" / "report.html").is_file()
    assert [path.name for path in tmp_path.iterdir() if "-wal" in path.name or "-shm" in path.name] == []


def test_the_walk_leaves_out_what_needs_a_person():
    here = "```\nqualcase tui\nqualcase suggest accept ID\n```\n"
    page = f"# Title\n```\na\n```\n## The first quarter of an hour\n{here}## Next\n```\nb\n```\n"
    assert walk(page) == ['qualcase suggest accept "$(first_suggestion)"']
