"""JSON that nobody vouches for: parsed within limits, numbers as written, and looked into with care."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn, TypeGuard

from qualcase.readers.encodings import decode
from qualcase.readers.errors import UnreadableFileError, UnsafeFileError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.readers.encodings import Decoded
    from qualcase.readers.reader import RawFile

SIZE_LIMIT = 32 * 1024 * 1024
DEPTH_LIMIT = 100
PARTS_LIMIT = 1_000_000
_DIGITS = 40
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")

Record = dict[str, Any]


def parse_json(file: RawFile) -> tuple[Any, Decoded]:
    """Return the value in a JSON file; numbers with a fraction stay the text that was written.

    Raise `UnsafeFileError` for more than 32 MB, 100 levels, 1,000,000 objects and lists, or a whole number of
    more than 40 digits; `UnreadableFileError` for NaN, infinity, half characters and what is not JSON.
    """
    if len(file.data) > SIZE_LIMIT:
        raise UnsafeFileError(file.name, "its JSON has more than 32 MB")
    decoded = decode(file)
    _check_depth(file.name, decoded.text)

    def refuse_constant(name: str) -> NoReturn:
        raise UnreadableFileError(file.name, f"it holds {name}, which is not a number that JSON has")

    def read_whole(digits: str) -> int:
        if len(digits) > _DIGITS:
            raise UnsafeFileError(file.name, f"it holds a whole number of {len(digits)} digits")
        return int(digits)

    try:
        value = json.loads(
            decoded.text, parse_float=str, parse_int=read_whole, parse_constant=refuse_constant
        )
    except (json.JSONDecodeError, RecursionError) as problem:
        where = f"line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else "it is too deep"
        raise UnreadableFileError(
            file.name, f"it is not JSON ({where})", hint="It may be cut short; export it anew."
        ) from None
    if "\\u" in decoded.text and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise UnreadableFileError(file.name, "its text holds half characters (surrogates)")
    return value, decoded


def _check_depth(name: str, text: str) -> None:
    """Count levels and parts before anything is built."""
    depth = parts = 0
    for found in _TOKEN.finditer(text):
        sign = text[found.start()]
        if sign in "[{":
            depth, parts = depth + 1, parts + 1
            if depth > DEPTH_LIMIT:
                raise UnsafeFileError(name, f"its JSON is nested more than {DEPTH_LIMIT} levels deep")
        elif sign in "]}":
            depth -= 1
    if parts > PARTS_LIMIT:
        raise UnsafeFileError(name, "its JSON has more than 1,000,000 objects and lists")


def record(value: Any) -> Record:  # noqa: ANN401 - whatever JSON holds
    """Return an object as it is, and {} for anything else."""
    return value if isinstance(value, dict) else {}


def records(value: Any) -> list[Record]:  # noqa: ANN401 - whatever JSON holds
    """Return the objects in a list, and [] for anything else."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def is_records(value: Any) -> TypeGuard[list[Record]]:  # noqa: ANN401 - whatever JSON holds
    """Say whether a value is a list of at least one object, and of nothing else."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def words_of(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Return a text or a number as text, and "" for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def stamp_of(value: Any) -> str | None:  # noqa: ANN401 - whatever JSON holds
    """Return a time as it is written, None where there is none."""
    return words_of(value).strip() or None


def number_of(value: Any, scale: float = 1.0) -> float | None:  # noqa: ANN401 - whatever JSON holds
    """Return a number, or a text that is one ("5.24", "1.300s"), times `scale`; None for anything else."""
    text = words_of(value).strip().removesuffix("s")
    try:
        number = float(text)
    except ValueError:
        return None
    return round(number * scale, 3) if math.isfinite(number) else None


def first_of(value: Record, names: Iterable[str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the value of the first of these names that an object has, None where it has none."""
    return next((value[name] for name in names if value.get(name) is not None), None)
