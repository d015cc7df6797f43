"""A codebook as plain maps, lists and texts, there and back: in the shape of `codebook.schema.json`."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from qualcase.codebook.assembly import Row, assemble, free_id
from qualcase.codebook.tree import children
from qualcase.model.code import BoundaryNote, Code, Codebook, CodingAttribute, Crosswalk, CrosswalkRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.codebook.document import Document, Path

FORMAT = "qualcase-codebook/1"
_LISTS = ("include", "exclude", "key_phrases", "examples")

Plain = dict[str, Any]


def codebook_from_document(document: Document) -> Codebook:
    """Return the codebook of a document that the schema has passed.

    A code without an id takes its name for one; one without a kind takes its parent's; a codebook without an
    id takes the file's name. Raises CodebookFileError where codes clash.
    """
    root: Plain = document.root  # type: ignore[assignment]  # the schema has seen to it
    book_id: str = root.get("codebook") or PurePath(document.name).stem
    codebook = Codebook(
        id=book_id,
        title=root.get("title") or book_id,
        version=int(root.get("version", 1)),
        codes=(),
        rules=tuple(root.get("rules", ())),
        boundary_notes=tuple(
            BoundaryNote(tuple(plain["between"]), plain["rule"]) for plain in root.get("boundary_notes", ())
        ),
        attributes=tuple(_attribute(plain) for plain in root.get("attributes", ())),
        crosswalks=tuple(_crosswalk(plain) for plain in root.get("crosswalks", ())),
        note=root.get("note", ""),
    )
    return assemble(codebook, tuple(_rows(document, root["codes"])), name=document.name)


def codebook_to_plain(codebook: Codebook) -> Plain:
    """Return a codebook as plain values in the order in which one reads them, empty parts left out."""
    head = {"format": FORMAT, "codebook": codebook.id, "title": codebook.title, "version": codebook.version}
    guidance = _filled(
        note=codebook.note,
        rules=list(codebook.rules),
        attributes=[
            {"name": attribute.name} | _filled(values=list(attribute.values), definition=attribute.definition)
            for attribute in codebook.attributes
        ],
    )
    appendix = _filled(
        boundary_notes=[
            {"between": list(note.between), "rule": note.rule} for note in codebook.boundary_notes
        ],
        crosswalks=[_plain_crosswalk(crosswalk) for crosswalk in codebook.crosswalks],
    )
    return head | guidance | {"codes": _branch(codebook, None)} | appendix


def _rows(document: Document, codes: list[Plain]) -> Iterator[Row]:
    taken: set[str] = set()
    waiting: list[tuple[Plain, Path, Code | None]] = [
        (plain, ("codes", index), None) for index, plain in reversed(list(enumerate(codes)))
    ]
    while waiting:
        plain, path, parent = waiting.pop()
        code = _code(plain, parent, taken)
        taken.add(code.id)
        place = document.place((*path, "id" if "id" in plain else "name"))
        yield Row(code, place)
        below = list(enumerate(plain.get("children", ())))
        waiting.extend((child, (*path, "children", index), code) for index, child in reversed(below))


def _code(plain: Plain, parent: Code | None, taken: set[str]) -> Code:
    above = parent.id if parent else None
    return Code(
        id=plain.get("id") or free_id(plain["name"], above, taken),
        name=plain["name"],
        parent=above,
        kind=plain.get("kind") or (parent.kind if parent else "other"),
        definition=plain.get("definition", ""),
        status=plain.get("status", "active"),
        note=plain.get("note", ""),
        colour=plain.get("colour", ""),
        **{field: tuple(plain.get(field, ())) for field in _LISTS},
    )


def _attribute(plain: Plain) -> CodingAttribute:
    return CodingAttribute(plain["name"], tuple(plain.get("values", ())), plain.get("definition", ""))


def _crosswalk(plain: Plain) -> Crosswalk:
    title: str = plain.get("title") or plain["id"]
    return Crosswalk(plain["id"], title, plain["left"], plain["right"], tuple(map(_row, plain["rows"])))


def _row(plain: Plain) -> CrosswalkRow:
    left, right = tuple(plain.get("left", ())), tuple(plain.get("right", ()))
    note, filled_by = plain.get("note", ""), plain.get("filled_by", "")
    return CrosswalkRow(plain["id"], left, right, plain["relation"], note, filled_by)


def _branch(codebook: Codebook, parent: str | None) -> list[Plain]:
    return [
        {"id": code.id, "name": code.name, "kind": code.kind}
        | _filled(
            status="" if code.status == "active" else code.status,
            definition=code.definition,
            **{field: list(getattr(code, field)) for field in _LISTS},
            note=code.note,
            colour=code.colour,
            children=_branch(codebook, code.id),
        )
        for code in children(codebook, parent)
    ]


def _plain_crosswalk(crosswalk: Crosswalk) -> Plain:
    rows = [
        {"id": row.id, "left": list(row.left), "right": list(row.right), "relation": row.relation}
        | _filled(filled_by=row.filled_by, note=row.note)
        for row in crosswalk.rows
    ]
    sides = {"left": crosswalk.left, "right": crosswalk.right}
    return {"id": crosswalk.id, "title": crosswalk.title} | sides | {"rows": rows}


def _filled(**parts: Any) -> Plain:  # noqa: ANN401 - texts, lists and maps alike
    return {name: part for name, part in parts.items() if part}
