"""Which project is meant, who acts, and where what was said may stand."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def two(study):
    """Return a folder with two projects, of which the second has no case called Net."""
    shutil.copy(study / "study.qualcase", study / "other.qualcase")
    return study


def handles(answer):
    return [source["source"] for source in answer.json["sources"]]


def test_the_only_project_here_is_meant(run, study):
    assert handles(run("sources", "--json")) == ["S1", "S2"]


def test_one_of_several_must_be_named(run, two):
    answer = run("sources")
    assert answer.code == 2
    assert "other.qualcase, study.qualcase" in answer.errors[0]
    assert "hint: " in answer.err


def test_none_here_says_how_to_begin(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = run("sources")
    assert (answer.code, len(answer.errors)) == (2, 1)
    assert "qualcase new" in answer.err


def test_a_draft_of_a_project_is_none(run, study):
    (study / ".hidden.qualcase").write_bytes(b"")
    assert run("sources").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("-p", "other.qualcase", "--json", "source", "done", "S1", "--coder", "Carl"),
        ("source", "--coder", "Carl", "done", "S1", "--project", "other.qualcase", "--json"),
        ("--coder", "Carl", "source", "--json", "-p", "other.qualcase", "done", "S1"),
        ("--project=other.qualcase", "--json", "--coder=Carl", "source", "done", "--", "S1"),
    ],
)
def test_what_is_shared_stands_before_or_after(run, two, words):
    assert run(*words).json["sources"][0]["done"] == ["Carl"]
    assert run("-p", "study.qualcase", "sources", "--json").json["sources"][0]["done"] == []


def test_the_environment_names_project_and_coder(run, two, monkeypatch):
    monkeypatch.setenv("QUALCASE_PROJECT", "other.qualcase")
    assert run("source", "done", "S1", "--json").json["sources"][0]["done"] == ["Anna"]
    monkeypatch.setenv("QUALCASE_CODER", "Dora")
    assert run("source", "done", "S1", "--json").json["sources"][0]["done"] == ["Anna", "Dora"]


def test_what_is_said_wins_over_the_environment(run, two, monkeypatch):
    monkeypatch.setenv("QUALCASE_PROJECT", "nosuch.qualcase")
    assert run("-p", "study.qualcase", "sources").code == 0


def test_coder_chooses_codings_after_and_acts_before(run, study):
    assert len(run("--coder", "Bjorn", "codings", "--json").json["codings"]) == 3
    assert len(run("codings", "--coder", "Bjorn", "--json").json["codings"]) == 1


def test_json_before_or_after_is_the_same(run, study):
    assert run("--json", "event", "list").json == run("event", "list", "--json").json


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("suggest", "S1", "--limit", "1"), "suggest propose"),
        (("suggest", "--limit", "1"), "suggest propose"),
        (("suggest", "-p", "study.qualcase"), "suggest propose"),
        (("suggest", "--json", "S1"), "suggest propose"),
        (("memo", "some words", "--code", "KM"), "memo add"),
        (("memo", "-p", "study.qualcase", "some words"), "memo add"),
    ],
)
def test_the_command_that_is_meant_need_not_be_named(study, run, words, path):
    import click

    from qualcase.cli import cli

    context = cli.make_context("qualcase", list(words))
    while isinstance(context.command, click.Group):
        name, command, rest = context.command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        context = command.make_context(name, rest, parent=context)
    assert context.command_path == f"qualcase {path}"


def test_a_group_explains_itself(run):
    assert "Commands:" in run("suggest", "--help").out
    assert "Commands:" in run("memo", "-h").out


def test_a_near_miss_is_told(run):
    assert "Did you mean done?" in run("source", "don").err
    assert "Did you mean import?" in run("improt").err


def test_the_interface_gets_project_and_coder_and_gives_the_exit_code(run, study, monkeypatch):
    import qualcase.tui.main

    asked = []
    monkeypatch.setattr("qualcase.cli.tui.sys", type("Sys", (), {"stdin": _Terminal, "stdout": _Terminal}))
    monkeypatch.setattr(qualcase.tui.main, "run", lambda path, coder: asked.append((path, coder)) or 3)
    assert run("tui", "--coder", "Carl").code == 3
    assert run("tui", "-p", "study.qualcase").code == 3
    assert asked[0] == (
        None,
        "Carl",
    )  # The only one here is found by the interface, which else begins at home.
    assert asked[1][0] == "study.qualcase"


class _Terminal:
    @staticmethod
    def isatty():
        return True


def test_the_demonstration_says_what_it_does_and_what_it_wrote(run, tmp_path, monkeypatch):
    import qualcase.project.demo as room

    project, page = tmp_path / "d" / "x.qualcase", tmp_path / "d" / "exports" / "report.html"

    def demo(folder, say):
        say(f"in {folder}")
        return room.DemoResult(project, (page,))

    monkeypatch.setattr(room, "run_demo", demo)
    answer = run("demo", "d")
    assert answer.err == "in d\n"
    assert str(page) in answer.out
    assert f"qualcase tui -p {project}" in answer.out
    assert run("demo", "d", "--json").json == {"project": str(project), "exports": [str(page)]}
