"""A project with a little of everything, and a way to run commands on it as a shell would."""

from __future__ import annotations

import json
from dataclasses import dataclass

import click
import pytest
from click.testing import CliRunner

from qualcase.cli import cli

INTERVIEW = """I: How did you come to the network?

Kari: She rang me twice. In June 2009 we met, and we only dared to share once we had met.

I: And then?

Kari: Then trust grew. A new company came of it.
"""
NOTE = "The hospital cancelled. Nobody said why, and the room went quiet.\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def errors(self):
        return [line for line in self.err.splitlines() if line.startswith("error: ")]


def call(*words):
    """Run one command in this process; nothing but the command's own way out may end it."""
    result = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    return Answer(result.exit_code, result.stdout, result.stderr)


def leaves(command=cli, name="qualcase", parent=None):
    """Yield every command that is not a group, each with its context."""
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    if not isinstance(command, click.Group):
        yield context
        return
    for each in command.list_commands(context):
        yield from leaves(command.get_command(context, each), each, context)


@pytest.fixture
def run():
    return call


@pytest.fixture
def commands():
    return list(leaves())


@pytest.fixture
def study(tmp_path, monkeypatch):
    """Enter a folder with a project that has two sources, two coders' codings, an event and a phase."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALCASE_CODER", "Anna")
    (tmp_path / "kari.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    for line in (
        ["new", "study.qualcase", "--codebook", "four-process", "--case", "Net"],
        ["import", "kari.txt", "note.txt", "--date", "2009-06"],
        ["code", "S1", "KM.TRUST", "--quote", "Then trust grew", "--valence", "+", "--memo", "here"],
        ["code", "S2", "NS.THREAT", "--whole"],
        ["--coder", "Bjorn", "code", "S1", "KM.TRUST", "--turn", "4"],
        ["phase", "add", "P1", "First", "--date", "2009", "--opening", "they met"],
        [
            "event",
            "add",
            "They met",
            "--date",
            "2009-06",
            "--source",
            "S1",
            "--quote",
            "In June 2009 we met",
            "--phase",
            "P1",
            "--code",
            "KM.TRUST",
            "--actor",
            "Kari",
        ],
        ["memo", "add", "Is it trust?", "--kind", "question", "--code", "KM.TRUST"],
    ):
        answer = call(*line)
        assert answer.code == 0, (line, answer.err)
    return tmp_path
