"""The shape of a codebook file, by its JSON Schema; faults come with line and column.

Every part of the schema has a `description`, and that is the phrase after “expected” in the message.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcase.codebook.errors import quoted

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

    from qualcase.codebook.document import Document
    from qualcase.codebook.errors import CodebookFileError

SCHEMA_FILE = Path(__file__).with_name("codebook.schema.json")


def check_document(document: Document) -> None:
    """Raise CodebookFileError for the first place at which a document departs from the schema."""
    errors = _validator().iter_errors(document.root)
    faults = [fault for error in errors for fault in _faults(document, error)]
    if faults:
        raise min(faults, key=lambda fault: (fault.line or 0, fault.column or 0))


def read_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the format."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - a tenth of a second that most commands need not wait

    return Draft202012Validator(read_schema())


def _faults(document: Document, error: ValidationError) -> list[CodebookFileError]:
    path = list(error.absolute_path)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    value: Any = error.instance
    if error.validator == "additionalProperties":
        known = list(schema["properties"])
        return [
            document.fault(
                path, f"expected one of the keys {', '.join(known)}, {_misspelt(key, known)}", at_key=key
            )
            for key in value
            if key not in known
        ]
    if error.validator == "required":
        missing = ", ".join(quoted(key) for key in schema["required"] if key not in value)
        return [document.fault(path, f"expected {schema['description']} with {missing}, found none")]
    if error.validator == "enum":
        return [document.fault(path, f"expected one of {', '.join(schema['enum'])}, found {_found(value)}")]
    return [document.fault(path, f"expected {schema['description']}, found {_found(value)}")]


def _misspelt(key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, n=1)
    return f"found {quoted(key)}" + (f" (did you mean {quoted(near[0])}?)" if near else "")


def _found(value: object) -> str:
    if value is None:
        return "nothing (put the word null in quotation marks if it is meant)"
    if isinstance(value, str):
        return quoted(value) if value else "an empty text"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return "a map"
