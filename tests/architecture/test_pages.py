"""What the pages of the project say is so: paths exist, links lead somewhere, commands are understood."""

from __future__ import annotations

import re
import shlex

import click
import pytest

PAGES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/index.md", "docs/dependencies.md")
ROOMS = "analysis|cli|codebook|coding|model|project|readers|reports|storage|suggest|text|triangulation|tui"


def commands(text):
    """Return the qualcase commands that a page shows in its code blocks."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("qualcase ")]


def understand(command, words):
    """Parse a command line as click would, without running it."""
    context = command.make_context("qualcase", list(words), resilient_parsing=False)
    while isinstance(context.command, click.Group):
        name, command, rest = context.command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        context = command.make_context(name, rest, parent=context)
    return context


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


def test_every_command_of_the_readme_is_understood(repo):
    from qualcase.cli import cli

    shown = commands((repo / "README.md").read_text(encoding="utf-8"))
    assert len(shown) > 15
    for words in shown:
        assert understand(cli, words).command.name


def test_a_command_that_does_not_exist_would_be_found():
    group = click.Group("qualcase", commands={"new": click.Command("new", params=[click.Argument(["file"])])})
    assert understand(group, ["new", "study.qualcase"]).params == {"file": "study.qualcase"}
    with pytest.raises(click.UsageError):
        understand(group, ["old", "study.qualcase"])
    with pytest.raises(click.UsageError):
        understand(group, ["new", "study.qualcase", "--colour"])


def test_commands_are_read_from_code_blocks_without_their_remarks():
    assert commands("qualcase a\n```\nqualcase b 'c d'  # and e\nmake f\n```\n") == [["b", "c d"]]
