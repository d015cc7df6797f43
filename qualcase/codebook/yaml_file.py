"""Codebooks as YAML; the only module that knows a YAML library.

Nothing is ever constructed from a file: its events are read one by one, every scalar is text (`no`, `1e3` and
`2020-01-01` stay what was typed), and anchors, aliases and tags are refused.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from qualcase.codebook.document import Document, Place
from qualcase.codebook.errors import CodebookFileError, quoted
from qualcase.codebook.plain import codebook_from_document, codebook_to_plain
from qualcase.codebook.schema import check_document

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

    from qualcase.codebook.document import Path
    from qualcase.model.code import Codebook

MAX_BYTES = 5_000_000
MAX_LEVELS = 80
MAX_PARTS = 200_000
_NULLS = {"~", "null", "Null", "NULL"}
# Other programs read these as truth values, because YAML 1.1 did.
_YAML_1_1 = re.compile(r"y|n|yes|no|on|off|true|false|null|~", re.IGNORECASE)


def read_codebook(text: str, *, name: str) -> Codebook:
    """Return the codebook that a YAML text describes; `name` is the file's, for messages.

    Raises CodebookFileError with line, column and what was expected.
    """
    document = read_document(text, name=name)
    check_document(document)
    return codebook_from_document(document)


def write_codebook(codebook: Codebook) -> str:
    """Return a codebook as YAML that reads back as the same codebook."""
    writer = YAML(typ="rt", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 110
    writer.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    writer.dump(_with_quotes(codebook_to_plain(codebook)), out)
    return out.getvalue()


def read_document(text: str, *, name: str) -> Document:
    """Return the plain values of a YAML text and their places; CodebookFileError where it is none."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise CodebookFileError(name, f"expected at most {MAX_BYTES // 1_000_000} MB, found more")
    builder = _Builder(name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except ReaderError as error:
        raise _unreadable(name, text, error) from None
    except MarkedYAMLError as error:
        raise _malformed(name, error) from None
    except YAMLError:
        raise CodebookFileError(name, "expected well-formed YAML, found something else") from None
    if not builder.documents:
        raise CodebookFileError(name, "expected a codebook, found an empty file", (1, 1))
    return Document(name, builder.root, builder.values, builder.keys)


class _Builder:
    """Puts the events of one YAML document together; a stack, not recursion, so that depth costs nothing."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: object = None
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.documents = 0
        self._parts = 0
        self._open: list[tuple[dict[str, object] | list[object], Path]] = []
        self._key: list[str | None] = []

    def take(self, event: Event) -> None:
        """Take in the next event."""
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._fault(event, "expected one document, found a second")
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
            self._key.pop()
        elif isinstance(event, NodeEvent):
            self._refuse_unplain(event)
            self._take_node(event)

    def _take_node(self, event: NodeEvent) -> None:
        if self._awaits_key():
            self._take_key(event)
        elif isinstance(event, MappingStartEvent):
            self._descend(event, {})
        elif isinstance(event, SequenceStartEvent):
            self._descend(event, [])
        elif isinstance(event, ScalarEvent):
            self._put(event, _text(event), blank=event.style is None and not event.value)

    def _refuse_unplain(self, event: NodeEvent) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise self._fault(event, f"expected at most {MAX_PARTS} values, found more")
        if isinstance(event, AliasEvent):
            raise self._fault(event, f"expected a value, found the alias {quoted('*' + str(event.anchor))}")
        if event.anchor is not None:
            raise self._fault(event, f"expected no anchor, found {quoted('&' + str(event.anchor))}")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._fault(event, f"expected no tag, found {quoted(str(tag))}")

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._key[-1] is None

    def _take_key(self, event: NodeEvent) -> None:
        if not isinstance(event, ScalarEvent):
            raise self._fault(event, "expected a key, found a list or a map")
        key = event.value
        path = (*self._open[-1][1], key)
        if path in self.keys:
            again = f"{quoted(key)} again (first on line {self.keys[path].line})"
            raise self._fault(event, f"expected each key once, found {again}")
        self.keys[path] = _place(event)
        self._key[-1] = key

    def _descend(self, event: NodeEvent, value: dict[str, object] | list[object]) -> None:
        if len(self._open) >= MAX_LEVELS:
            raise self._fault(event, f"expected at most {MAX_LEVELS} levels of nesting, found more")
        path = self._put(event, value)
        self._open.append((value, path))
        self._key.append(None)

    def _put(self, event: NodeEvent, value: object, *, blank: bool = False) -> Path:
        """Hang a value where it belongs; a key with nothing after it counts as not there."""
        path: Path = ()
        if not self._open:
            self.root = value
        else:
            holder, above = self._open[-1]
            if isinstance(holder, list):
                path = (*above, len(holder))
                holder.append(value)
            else:
                key = str(self._key[-1])
                path = (*above, key)
                self._key[-1] = None
                if not blank:
                    holder[key] = value
        self.values[path] = _place(event)
        return path

    def _fault(self, event: Event, problem: str) -> CodebookFileError:
        return CodebookFileError(self.name, problem, _place(event))


def _text(event: ScalarEvent) -> str | None:
    is_null = event.style is None and (not event.value or event.value in _NULLS)
    return None if is_null else str(event.value)


def _place(event: Event) -> Place:
    mark = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _malformed(name: str, error: MarkedYAMLError) -> CodebookFileError:
    mark = error.problem_mark or error.context_mark
    problem = f"expected well-formed YAML, found a fault in it ({error.problem or error.context})"
    return CodebookFileError(name, problem, (mark.line + 1, mark.column + 1) if mark else None)


def _unreadable(name: str, text: str, error: ReaderError) -> CodebookFileError:
    before = text[: error.position]
    place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
    found = quoted(text[error.position : error.position + 1])
    return CodebookFileError(name, f"expected a printable character, found {found}", place)


def _with_quotes(value: Any) -> Any:  # noqa: ANN401 - a tree of maps, lists and texts
    """Return plain values with quotation marks asked for where another program would not read text."""
    if isinstance(value, dict):
        return {key: _with_quotes(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_quotes(part) for part in value]
    if isinstance(value, str) and _YAML_1_1.fullmatch(value):
        return SingleQuotedScalarString(value)
    return value
