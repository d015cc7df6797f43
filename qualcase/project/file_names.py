"""What a file's name tells: a date, an informant, a wave, a kind of source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})[_.](?P<m>\d{2})[_.](?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
    # With full stops the day comes first wherever dates are written so.
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})(?!\d)"),
)
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_INFORMANT = re.compile(
    rf"{_START}(?P<code>P\d{{1,3}}|(?:participant|informant|respondent)[ _-]?\d{{1,3}}){_END}", re.IGNORECASE
)
_WAVE = re.compile(
    rf"{_START}(?:(?P<what>wave|welle|session|visit)[ _-]?|w)(?P<number>\d{{1,2}}){_END}", re.IGNORECASE
)
_WAVES = {"welle": "wave"}
_KINDS = {
    "focus_group": r"focus[ _-]?groups?|fokusgruppen?",
    "field_note": r"field[ _-]?notes?|feldnotiz(?:en)?|feltnotat(?:er)?",
    "observation": r"observations?|beobachtung(?:en)?",
    "meeting": r"meetings?|minutes|protokoll",
    "interview": r"interviews?|intervju(?:er)?",
}
_KIND = re.compile(
    "|".join(rf"{_START}(?P<{kind}>{words})(?![^\W\d_])" for kind, words in _KINDS.items()), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name tells; a date is EDTF and one that a calendar has."""

    date: str | None = None
    informant: str | None = None
    kind: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


def read_name(stem: str) -> NameFacts:
    """Return what the name of a file tells, without its ending: `2019-02-04 …`, `P03_wave2_…`."""
    informant, wave, kind = _INFORMANT.search(stem), _WAVE.search(stem), _KIND.search(stem)
    attributes = {}
    if wave:
        what = (wave["what"] or "wave").casefold()
        attributes[_WAVES.get(what, what)] = str(int(wave["number"]))
    return NameFacts(
        next(_dates(stem), None),
        informant["code"] if informant else None,
        kind.lastgroup if kind else None,
        attributes,
    )


def _dates(stem: str) -> Iterator[str]:
    for pattern in _DATES:
        for found in pattern.finditer(stem):
            parts = found.groupdict()
            date = "-".join((parts["y"], *(parts[part].zfill(2) for part in "md" if parts.get(part))))
            if is_date(date):
                yield date


def is_date(date: str) -> bool:
    """Say whether a text is EDTF and names days that a calendar has."""
    try:
        read_edtf(date)
    except InputError:
        return False
    return True
