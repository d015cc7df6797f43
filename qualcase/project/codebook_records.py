"""Between codebooks as values and the records that keep them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qualcase.model.code import BoundaryNote, Code, Codebook, CodingAttribute, Crosswalk, CrosswalkRow
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.model.operation import Fields

_CODE_PARTS = (
    "name", "kind", "definition", "include", "exclude", "key_phrases", "examples", "status", "note", "colour",
)  # fmt: skip


def new_codebook_changes(book: Codebook, *, position: int) -> list[Change]:
    """Return the changes that make a codebook, its codes (parents first) and its first version."""
    uid = new_uid()
    codes = {code.id: new_uid() for code in book.codes}
    changes = [Change("codebook", uid, None, {**codebook_fields(book), "position": position})]
    changes += [
        Change("code", codes[code.id], None, _code_fields(code, uid, codes, place))
        for place, code in enumerate(book.codes)
    ]
    version = {
        "codebook": uid,
        "number": book.version,
        "change": f"Brought in {book.id}",
        "act": "begin",
        "content": snapshot(book),
    }
    changes.append(Change("codebook_version", new_uid(), None, version))
    return changes


def changes_between(
    uid: str, old: Codebook, new: Codebook, known: Mapping[str, tuple[str, int]]
) -> list[Change]:
    """Return the changes that turn one state of a codebook into another.

    `known` gives, by id, the uid of each code and the place that it has, which a merge may have given twice.
    """
    uids = {
        code.id: known[code.id][0] if code.id in known else new_uid() for code in (*old.codes, *new.codes)
    }
    changes = []
    before, after = codebook_fields(old), codebook_fields(new)
    if different := [name for name in after if before.get(name) != after.get(name)]:
        changes.append(_altered("codebook", uid, before, after, different))
    held = {code.id: _code_fields(code, uid, uids, known[code.id][1]) for code in old.codes}
    wanted = {code.id: _code_fields(code, uid, uids, place) for place, code in enumerate(new.codes)}
    for code_id, fields in wanted.items():
        if code_id not in held:
            changes.append(Change("code", uids[code_id], None, fields))
        elif different := [name for name in fields if held[code_id].get(name) != fields.get(name)]:
            changes.append(_altered("code", uids[code_id], held[code_id], fields, different))
    changes += [
        Change("code", uids[code_id], held[code_id], None) for code_id in held if code_id not in wanted
    ]
    return changes


def _altered(record: str, uid: str, before: Fields, after: Fields, names: list[str]) -> Change:
    return Change(
        record, uid, {name: before.get(name) for name in names}, {name: after.get(name) for name in names}
    )


def codebook_fields(book: Codebook) -> Fields:
    """Return a codebook's own fields, without its codes."""
    fields: Fields = {
        "handle": book.id,
        "title": book.title,
        "version": book.version,
        "rules": list(book.rules),
        "boundary_notes": [[list(note.between), note.rule] for note in book.boundary_notes],
        "attributes": [[item.name, list(item.values), item.definition] for item in book.attributes],
        "crosswalks": [_crosswalk_fields(crosswalk) for crosswalk in book.crosswalks],
        "note": book.note,
    }
    return _without_empty_lists(fields)


def _crosswalk_fields(crosswalk: Crosswalk) -> list[Any]:
    rows = [
        [row.id, list(row.left), list(row.right), row.relation, row.note]
        + ([row.filled_by] if row.filled_by else [])
        for row in crosswalk.rows
    ]
    return [crosswalk.id, crosswalk.title, crosswalk.left, crosswalk.right, rows]


def _code_fields(code: Code, codebook: str, uids: Mapping[str, str], position: int) -> Fields:
    fields: Fields = {name: getattr(code, name) for name in _CODE_PARTS}
    for name in ("include", "exclude", "key_phrases", "examples"):
        fields[name] = list(fields[name])
    parent = uids[code.parent] if code.parent else None
    place = {"codebook": codebook, "handle": code.id, "parent": parent, "position": position}
    return place | _without_empty_lists(fields)


def _without_empty_lists(fields: Fields) -> Fields:
    # A new record leaves them out, so a change must too: undo would otherwise write a list where none was.
    return {name: None if value == [] else value for name, value in fields.items()}


def snapshot(book: Codebook) -> dict[str, Any]:
    """Return all of a codebook as JSON values, so that any version can be read again."""
    return asdict(book)


def read_snapshot(content: Mapping[str, Any]) -> Codebook:
    """Return the codebook that a snapshot holds."""
    lists = ("include", "exclude", "key_phrases", "examples")
    return Codebook(
        id=content["id"],
        title=content["title"],
        version=content["version"],
        codes=tuple(
            Code(**{**code, **{name: tuple(code[name]) for name in lists}}) for code in content["codes"]
        ),
        rules=tuple(content["rules"]),
        boundary_notes=tuple(
            BoundaryNote(tuple(note["between"]), note["rule"]) for note in content["boundary_notes"]
        ),
        attributes=tuple(
            CodingAttribute(item["name"], tuple(item["values"]), item["definition"])
            for item in content["attributes"]
        ),
        crosswalks=tuple(_read_crosswalk(item) for item in content["crosswalks"]),
        note=content["note"],
    )


def _read_crosswalk(item: dict[str, Any]) -> Crosswalk:
    rows = tuple(
        CrosswalkRow(**{**row, "left": tuple(row["left"]), "right": tuple(row["right"])})
        for row in item["rows"]
    )
    return Crosswalk(item["id"], item["title"], item["left"], item["right"], rows)
