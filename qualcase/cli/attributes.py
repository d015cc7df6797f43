"""Attributes: what is known of sources, cases and actors besides their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcase.cli.groups import Group
from qualcase.cli.opening import opened
from qualcase.cli.output import emit, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcase.cli.shapes import Shape
    from qualcase.project.attributes import Attribute

_HEADS = ("attribute", "of", "type", "values")
OF = "source, case or actor"


@click.group(cls=Group, example="qualcase attribute import participants.xlsx --of actor")
def attribute() -> None:
    """Give sources, cases and actors attributes, and list them."""


@attribute.command("import", example="qualcase attribute import participants.csv --of source")
@click.argument("file")
@click.option("--of", "owner", metavar="KIND", required=True, help=f"Whose they are: {OF}.")
def import_attributes(file: str, owner: str) -> None:
    """Take in attributes from a CSV or Excel file: one column names whose they are, each other is one."""
    with opened() as project:
        report = project.attributes.import_file(Path(file), owner)
    document = {
        "attributes": [_shape(attribute) for attribute in report.attributes],
        "owners": report.owners,
        "values": report.values,
    }
    plural = owner if report.owners == 1 else f"{owner}s"
    said = f"Gave {report.values:,} values to {report.owners:,} {plural}."
    emit(document, (*_lines(report.attributes), said))


@attribute.command("list", example="qualcase attribute list --of actor --json")
@click.option("--of", "owner", metavar="KIND", help=f"Only those of one kind: {OF}.")
def list_attributes(owner: str | None) -> None:
    """List the attributes with their types, and with --json every value."""
    with opened() as project:
        found = project.attributes.list(owner)
    emit({"attributes": [_shape(attribute) for attribute in found]}, _lines(found))


def _shape(attribute: Attribute) -> Shape:
    return {
        "name": attribute.name,
        "of": attribute.owner,
        "type": attribute.type,
        "values": attribute.values,
    }


def _lines(attributes: Iterable[Attribute]) -> Iterator[str]:
    rows = [(each.name, each.owner, each.type, len(each.values)) for each in attributes]
    return table_lines(_HEADS, rows, numeric=("values",))
