"""Every command explains itself, on the command line and in docs/commands.md."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from qualcase.cli import cli
from qualcase.cli.options import shared_options


def understand(words):
    """Parse a command line as click would, without running it."""
    context = cli.make_context("qualcase", list(words))
    while isinstance(context.command, click.Group):
        name, command, rest = context.command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        context = command.make_context(name, rest, parent=context)
    return context


def section_of(page, path):
    """Return the part of the page that is about one command."""
    path = path.replace(" propose", "")
    found = re.search(
        rf"^### `{re.escape(path)}(?: [A-Z\[][^\n]*)?`\n(.*?)(?=^##|\Z)", page, flags=re.DOTALL | re.MULTILINE
    )
    return found[1] if found else None


@pytest.fixture(scope="module")
def page(repo):
    return (repo / "docs/commands.md").read_text(encoding="utf-8")


def test_every_command_has_a_sentence_described_options_and_an_example(run, commands):
    assert len(commands) > 40
    for context in commands:
        words = context.command_path.split()[1:]
        answer = run(*words, "--help")
        assert answer.code == 0
        assert context.command.help.split("\n")[0].endswith("."), words
        assert "Example: qualcase" in answer.out, words
        assert [o.name for o in context.command.params if isinstance(o, click.Option) and not o.help] == []


def test_a_list_of_commands_says_one_sentence_of_each(run, commands):
    groups = {context.parent.command_path: context.parent.command for context in commands}
    del groups["qualcase"]
    assert len(groups) > 5
    for path, group in groups.items():
        listed = run(*path.split()[1:], "--help").out.partition("\nCommands:\n")[2]
        told = " ".join(listed.partition("\nExample:")[0].split())
        sentences = [
            f"{name} {command.help.partition(chr(10) * 2)[0]}" for name, command in group.commands.items()
        ]
        assert told == " ".join(" ".join(sentences).split()), path


def test_every_example_is_understood(commands):
    for context in commands:
        words = shlex.split(context.command.example)[1:]
        assert understand(words).command is context.command, words


def test_every_command_takes_the_shared_options(commands):
    shared = {name for option in shared_options() for name in option.opts}
    for context in commands:
        assert shared <= {name for option in context.command.params for name in option.opts}, (
            context.command_path
        )


def test_every_group_has_an_example(run):
    for words in (["codebook"], ["event"], ["phase"], ["case"], ["source"], ["memo"], ["suggest"], []):
        assert "Example: qualcase" in run(*words, "--help").out


def test_the_page_lists_every_command_with_every_option(page, commands):
    shared = {name for option in shared_options() for name in option.opts}
    missing = []
    for context in commands:
        section = section_of(page, context.command_path)
        if section is None:
            missing.append(context.command_path)
            continue
        options = {
            name for o in context.command.params if isinstance(o, click.Option) for name in o.opts
        } - shared
        missing += [f"{context.command_path} {name}" for name in options if name not in section]
        if context.command.help.strip() not in section or context.command.example not in section:
            missing.append(f"{context.command_path}: its sentence or example")
    assert missing == []
    assert [name for name in shared if name not in page] == []


def test_the_page_lists_no_command_that_is_gone(page, commands):
    paths = {context.command_path.replace(" propose", "") for context in commands}
    headings = re.findall(r"^### `(qualcase(?: [a-z]+)+)", page, flags=re.MULTILINE)
    assert sorted(paths) == sorted(headings)


def test_a_missing_command_would_be_found(page):
    assert section_of(page, "qualcase nosuch") is None
    assert section_of(page, "qualcase resize") is not None


def test_the_summaries_on_the_first_page_are_sentences():
    for entries in cli.sections.values():
        assert [entry.summary for entry in entries.values() if not entry.summary.endswith(".")] == []


def test_no_command_prints_the_first_page(run):
    assert run().out == run("--help").out
    assert run().code == 0


def test_examples_of_coding_work_where_they_are_pasted(run, commands, repo, tmp_path, monkeypatch):
    """In the demonstration's project, which is where a reader tries them."""
    files = ("interviews/2009-12_software-firm.vtt", "field-notes/2009-06_workshop-1.md")
    paths = [repo / "corpora" / "healthinnovation" / file for file in files]
    monkeypatch.chdir(tmp_path)
    assert run("new", "demo.qualcase").code == 0
    for handle, path in zip(("S31", "S20"), paths, strict=True):
        assert run("import", path, "--handle", handle).code == 0
    examples = {context.command_path: context.command.example for context in commands}
    for path in ("qualcase code", "qualcase memo add", "qualcase event add"):
        answer = run(*shlex.split(examples[path])[1:])
        assert (answer.code, answer.err) == (0, ""), path
