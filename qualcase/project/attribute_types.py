"""What kind of value an attribute has: text, number, date or boolean, told by all values of a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TYPES = ("text", "number", "date", "boolean")
# A number with a nought before it is a code, and so is one that no measure has digits for.
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,14})(?:[.,]\d{1,10})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}")
_DAY = re.compile(r"\d{4}-\d{2}.*|\d{4}/\d{4}.*")
_YES_LIST = "yes y true ja wahr sant oui vrai sí si sim kyllä"
_NO_LIST = "no n false nein falsch nei nej usant non faux não ei"
_YES = frozenset(_YES_LIST.split())
_NO = frozenset(_NO_LIST.split())


def infer_type(values: Iterable[str]) -> str:
    """Return the narrowest type that fits all values; text where they disagree or there are none."""
    found = [value for value in values if value.strip()]
    if not found:
        return "text"
    return next(kind for kind in ("boolean", "number", "date", "text") if all(fits(v, kind) for v in found))


def fits(value: str, kind: str) -> bool:
    """Say whether a value is of a type; every value is text."""
    return _FITS[kind](value.strip())


def as_number(value: str, kind: str) -> float | None:
    """Return the number of a numeric value, 1 or 0 of a boolean one, None of any other."""
    value = value.strip()
    if kind == "number" and _is_number(value):
        return float(value.replace(",", "."))
    if kind == "boolean" and _is_boolean(value):
        return float(value.casefold() in _YES)
    return None


def _is_number(value: str) -> bool:
    return bool(_NUMBER.fullmatch(value)) and not _THOUSANDS.fullmatch(value)


def _is_boolean(value: str) -> bool:
    return value.casefold() in _YES | _NO


def _is_date(value: str) -> bool:
    if not _DAY.fullmatch(value):
        return False
    try:
        read_edtf(value)
    except InputError:
        return False
    return True


_FITS: dict[str, Callable[[str], bool]] = {
    "text": lambda _: True,
    "number": _is_number,
    "boolean": _is_boolean,
    "date": _is_date,
}
