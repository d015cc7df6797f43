"""Commands that know their example, and groups that load a command when it is called."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from qualcase.cli.options import shared_options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VALUE_OPTIONS = ("-p", "--project", "--coder")


class Entry(NamedTuple):
    """Where a command lives, as `module:name` in this room, and what it does in a few words."""

    home: str
    summary: str


class Command(click.Command):
    """A command with the shared options and one line of example under its help."""

    def __init__(self, *args: Any, example: str = "", **attributes: Any) -> None:  # noqa: ANN401 - what click takes
        super().__init__(*args, **attributes)
        self.example = example
        self.params += shared_options(self.params)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example below the options."""
        del ctx
        formatter.write_paragraph()
        formatter.write(f"Example: {self.example}\n")


class Group(click.Group):
    """A group of commands, with the shared options and an example like any command."""

    command_class = Command

    def __init__(self, *args: Any, example: str = "", **attributes: Any) -> None:  # noqa: ANN401 - what click takes
        super().__init__(*args, **{"no_args_is_help": False} | attributes)
        self.example = example
        self.params += shared_options(self.params)

    format_epilog = Command.format_epilog

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order in which they were made."""
        del ctx
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its first sentence whole."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_paragraph(command)) for name, command in found if command])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that a word names, or say which are near to it."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            near = get_close_matches(args[0], known, n=3)
            meant = f" Did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"There is no command “{ctx.command_path} {args[0]}”.{meant}", ctx)
        return super().resolve_command(ctx, args)


class DefaultGroup(Group):
    """A group with a command that is meant where the first word names none of the others."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - what click takes
        default: str = "",
        takes: Callable[[str | None], bool] = lambda _: True,
        **attributes: Any,  # noqa: ANN401 - what click takes
    ) -> None:
        super().__init__(*args, **attributes)
        self._default = default
        self._takes = takes

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in where no other is named."""
        place = _first_word(args)
        word = args[place] if place < len(args) else None
        if word not in {*self.commands, *ctx.help_option_names} and self._takes(word):
            args = [*args[:place], self._default, *args[place:]]
        return super().parse_args(ctx, args)


class LazyGroup(Group):
    """A group whose commands are imported when they are called, and listed without that."""

    def __init__(self, *args: Any, sections: Mapping[str, Mapping[str, Entry]], **attributes: Any) -> None:  # noqa: ANN401 - what click takes
        super().__init__(*args, **attributes)
        self.sections = sections
        self._homes = {name: entry.home for entries in sections.values() for name, entry in entries.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the work."""
        del ctx
        return list(self._homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in self._homes:
            return None
        module, _, name = self._homes[cmd_name].partition(":")
        found = getattr(import_module(f"qualcase.cli.{module}"), name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under their headings."""
        del ctx
        for heading, entries in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name, entry.summary) for name, entry in entries.items()], col_max=12)


def _first_word(args: list[str]) -> int:
    place = 0
    while place < len(args) and (args[place] == "--json" or args[place].startswith(VALUE_OPTIONS)):
        place += 2 if args[place] in VALUE_OPTIONS else 1
    return min(place, len(args))


def _first_paragraph(command: click.Command) -> str:
    return " ".join((command.help or "").partition("\n\n")[0].split())
