"""Every library is pinned by hash, without an address, and has its reason written down."""

from __future__ import annotations

import re
import tomllib

import pytest

PIN = re.compile(r"^([a-z0-9-]+)==\S+( ; .+?)?( \\)?$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def plain(requirement):
    """Return the name of a requirement, as the package index spells it."""
    return re.sub(r"[._]+", "-", re.split(r"[\[<>=!~;\s]", requirement, maxsplit=1)[0]).lower()


@pytest.fixture(scope="module")
def settings(repo):
    return tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(settings):
    return settings["project"]


@pytest.fixture(scope="module", params=["run.txt", "dev.txt", "bench.txt"])
def pins(repo, request):
    return (repo / "requirements" / request.param).read_text(encoding="utf-8").splitlines()


def test_every_line_is_a_pin_or_its_hash(pins):
    assert [line for line in pins if not (PIN.match(line) or HASH.match(line))] == []


def test_every_pin_has_a_hash(pins):
    after = dict(zip(pins, [*pins[1:], ""], strict=True))
    assert [line for line, following in after.items() if PIN.match(line) and not HASH.match(following)] == []


def names(repo, file):
    """Return the names that a file pins."""
    lines = (repo / "requirements" / file).read_text(encoding="utf-8").splitlines()
    return {match[1] for line in lines if (match := PIN.match(line))}


@pytest.mark.parametrize("file", ["run.txt", "dev.txt"])
def test_everything_that_is_asked_for_is_pinned(project, repo, file):
    assert {plain(requirement) for requirement in project["dependencies"]} - names(repo, file) == set()


def test_what_the_benchmarks_ask_for_is_pinned_and_nobody_else_s(settings, repo):
    asked = {plain(requirement) for requirement in settings["dependency-groups"]["bench"]}
    assert asked - names(repo, "bench.txt") == set()
    assert "taguette" not in names(repo, "run.txt") | names(repo, "dev.txt")


def test_what_the_tests_and_the_checks_ask_for_is_pinned_too(project, repo):
    text = (repo / "requirements" / "dev.txt").read_text(encoding="utf-8")
    pinned = {match[1] for line in text.splitlines() if (match := PIN.match(line))}
    extras = project["optional-dependencies"]
    assert {
        plain(requirement) for extra in ("test", "dev") for requirement in extras[extra]
    } - pinned == set()


def test_one_environment_can_hold_both(repo):
    def versions(name):
        lines = (repo / "requirements" / name).read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if PIN.match(line)}

    assert versions("run.txt") - versions("dev.txt") == set()


def test_every_library_has_its_reason(settings, project, repo):
    page = (repo / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    extras = (requirement for extra in project["optional-dependencies"].values() for requirement in extra)
    everything = [*project["dependencies"], *extras, *settings["dependency-groups"]["bench"]]
    asked = {plain(requirement) for requirement in everything} - {"qualcase"}
    assert {name for name in asked if f"| {name} |" not in page} == set()
