"""What may be said before or after any command: which project, who acts, and whether to print JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class Settings:
    """What was said for the whole call; None where it was not said."""

    project: str | None = None
    coder: str | None = None
    json: bool = False


def settings() -> Settings:
    """Return what was said for the call that is running."""
    return _settings_of(click.get_current_context())


def shared_options(own: Sequence[click.Parameter] = ()) -> list[click.Option]:
    """Return the shared options, without those whose name a command uses for something of its own."""
    taken = {name for parameter in own for name in parameter.opts}
    return [option for option in _make() if not taken.intersection(option.opts)]


def _make() -> tuple[click.Option, ...]:
    return (
        _option(
            "-p",
            "--project",
            metavar="FILE",
            help="The project; else $QUALCASE_PROJECT, or the only one here.",
        ),
        _option("--coder", metavar="NAME", help="Who acts; else $QUALCASE_CODER, or your login name."),
        _option("--json", is_flag=True, help="Print one JSON document and nothing else."),
    )


def _option(*names: str, **attributes: Any) -> click.Option:  # noqa: ANN401 - what click takes
    return click.Option(names, callback=_remember, expose_value=False, **attributes)


def _remember(context: click.Context, parameter: click.Parameter, value: str | bool | None) -> None:  # noqa: FBT001 - as click calls it
    if isinstance(value, str) and not value.strip():
        raise click.BadParameter("it is empty", context, parameter)
    if value and parameter.name:
        setattr(_settings_of(context), parameter.name, value)


def _settings_of(context: click.Context) -> Settings:
    return context.find_root().ensure_object(Settings)
