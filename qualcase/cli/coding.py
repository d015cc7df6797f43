"""The acts of coding: code, recode, resize, uncode."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.output import emit
from qualcase.cli.passages import coding_lines
from qualcase.cli.shapes import coding_shape
from qualcase.model.coding import STANCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.places import Place
    from qualcase.model.coding import Coding


class Span(click.ParamType[tuple[int, int]]):
    """Offsets as `A:B`: half-open, in code points of the source's text."""

    name = "A:B"

    def convert(
        self,
        value: Any,  # noqa: ANN401 - as click has it
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[int, int]:
        """Return the two offsets; a usage error where there are not two."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"([0-9]{1,18}):([0-9]{1,18})", value)
        if not found:
            self.fail(f"“{value}” is not two offsets such as 120:166.", param, ctx)
        return int(found[1]), int(found[2])


@click.command(cls=Command, example='qualcase code S31 KM.TRUST --quote "it can cost you" --valence +')
@click.argument("source")
@click.argument("code", required=False)
@click.option("--span", type=Span(), metavar="A:B", help="The characters from A up to but not including B.")
@click.option("--quote", metavar="TEXT", help="The one place where these words stand.")
@click.option("--turn", metavar="N", type=int, help="The speech of one turn, counted from 1.")
@click.option("--speaker", metavar="NAME", help="Every turn of one speaker.")
@click.option("--whole", is_flag=True, help="The whole source.")
@click.option(
    "--in-vivo",
    is_flag=False,
    flag_value="",
    metavar="[A:B]",
    help="Make a new code named after the words, at A:B or where --quote, --span or --turn says.",
)
@click.option("--under", metavar="CODE", help="With --in-vivo: the code to put the new one under.")
@click.option("--memo", metavar="TEXT", help="Why.")
@click.option("--valence", metavar="+|-|0", help="Favourable (+), unfavourable (-), neutral or mixed (0).")
@click.option("--stance", metavar="STANCE", help=f"How it is said: {', '.join(STANCES)}.")
@click.option("--voice", metavar="NAME", help="Who speaks through the passage.")
@click.option("--weight", metavar="N", type=float, help="A number of your own.")
@click.option("--key", is_flag=True, help="A key quotation, for the report.")
def code(source: str, code: str | None, in_vivo: str | None, under: str | None, **given: Any) -> None:  # noqa: ANN401 - one a click option
    """Put a code on a passage, as the coder who acts, or with --in-vivo a new one named after its words."""
    if in_vivo:
        given["span"] = Span().convert(in_vivo, None, click.get_current_context())
    place = _place(**{name: given.pop(name) for name in ("span", "quote", "turn", "speaker", "whole")})
    if in_vivo is not None:
        _code_in_vivo(source, place, code, under, given)
        return
    if code is None or under is not None:
        raise click.UsageError("Say which code." if code is None else "--under needs --in-vivo.")
    with opened() as project:
        made = project.codings.add(project.sources.find(source), code, place, **given)
    _emit(made, "Coded")


def _code_in_vivo(
    source: str, place: Place, code: str | None, under: str | None, given: dict[str, Any]
) -> None:
    if code is not None:
        raise click.UsageError("--in-vivo makes the code itself; to put it under another, say --under CODE.")
    memo = given.pop("memo")
    if any(given.values()):
        raise click.UsageError("With --in-vivo only --memo and --under can be given.")
    with opened() as project:
        _, made = project.in_vivo.code(project.sources.find(source), place, under, memo=memo)
    _emit((made,), "Named a code, and coded")


@click.command(cls=Command, example="qualcase recode 7f3k2m9q 4hd0tz6w KM.SHARE")
@click.argument("identifiers", metavar="ID…", nargs=-1, required=True)
@click.argument("code")
def recode(identifiers: tuple[str, ...], code: str) -> None:
    """Give codings another code, in one act; doubles are joined. With - their ids are read from the input."""
    with opened() as project:
        changed = project.codings.recode(_given(identifiers), code)
    _emit(changed, "Recoded")


@click.command(cls=Command, example="qualcase resize 7f3k2m9q 120:166")
@click.argument("identifier", metavar="ID")
@click.argument("span", type=Span(), metavar="A:B")
def resize(identifier: str, span: tuple[int, int]) -> None:
    """Move the ends of a coding; one that comes to lie on its like is joined with it."""
    with opened() as project:
        changed = project.codings.resize(identifier, *span)
    _emit((changed,), "Resized")


@click.command(cls=Command, example="qualcase uncode 7f3k2m9q")
@click.argument("identifiers", metavar="ID…", nargs=-1, required=True)
def uncode(identifiers: tuple[str, ...]) -> None:
    """Take codings away, in one act that `undo` takes back; with - their ids are read from the input."""
    with opened() as project:
        removed = project.codings.remove(_given(identifiers))
    _emit(removed, "Took away")


def _given(identifiers: tuple[str, ...]) -> tuple[str, ...]:
    if identifiers != ("-",):
        return identifiers
    return tuple(sys.stdin.read().split())


def read_places(
    *,
    span: tuple[int, int] | None = None,
    quote: str | None = None,
    turn: int | None = None,
    speaker: str | None = None,
    whole: bool = False,
) -> list[Place]:
    """Return the places that options name, one for each option given."""
    from qualcase.coding import places  # noqa: PLC0415 - not for --help

    made: list[Place] = []
    if span is not None:
        made.append(places.SpanPlace(*span))
    if quote is not None:
        made.append(places.QuotePlace(quote))
    if turn is not None:
        made.append(places.TurnPlace(turn))
    if speaker is not None:
        made.append(places.SpeakerPlace(speaker))
    if whole:
        made.append(places.WholePlace())
    return made


def _place(**given: Any) -> Place:  # noqa: ANN401 - one a click option
    made = read_places(**given)
    if len(made) != 1:
        raise click.UsageError(
            "Say which passage: exactly one of --span, --quote, --turn, --speaker, --whole."
        )
    return made[0]


def _emit(made: Sequence[Coding], verb: str) -> None:
    many = f"{verb} {len(made)} passages:" if len(made) > 1 else f"{verb}:"
    emit({"codings": [coding_shape(coding) for coding in made]}, (many, *coding_lines(made)))
