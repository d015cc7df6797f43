"""Quotations with their provenance: who said it, where it stands, when it was said and what about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Percentages of fewer than twenty say more about the twenty than about the case (methods, G4).
LEAST_FOR_PERCENT = 20
LARGEST_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Quotation:
    """One coded passage as it is quoted: id `Q001`, the words, and everything a citation needs.

    `lines` is (first, last), 1-based; `turn` is 1-based; `said` and `about` are dates as shown to a
    reader. `speaker` is the label in the text, `voice` whose words they are (else the informant's).
    `evidence` is the identity of the coding or the event; `before` and `after` are its context as it stands
    in the text, `from_start` and `to_end` whether that reaches the text's own ends; `phases` are those inside
    which its source lies. `in_review` says that its place in a corrected text waits to be settled.
    """

    id: str
    text: str
    source: str
    source_title: str = ""
    source_kind: str = ""
    speaker: str | None = None
    role: str | None = None
    voice: str | None = None
    turn: int | None = None
    lines: tuple[int, int] | None = None
    said: str | None = None
    about: str | None = None
    code: str = ""
    code_name: str = ""
    layer: str = ""
    coder: str = ""
    valence: str | None = None
    stance: str | None = None
    memo: str | None = None
    key: bool = False
    evidence: str = ""
    before: str = ""
    after: str = ""
    codebook_version: str = ""
    omissions: int = 0
    phases: tuple[str, ...] = ()
    from_start: bool = False
    to_end: bool = False
    in_review: bool = False

    @property
    def words(self) -> str:
        """Return the quoted words with white space collapsed, as a line of print shows them."""
        return " ".join(self.text.split())

    @property
    def lead(self) -> str:
        """Return the words before on one line, as they run into the quotation."""
        words = " ".join(self.before.split())
        gap = " " if self.before[-1:].isspace() or self.text[:1].isspace() else ""
        return f"{'' if self.from_start else '…'}{words}{gap}" if words else ""

    @property
    def trail(self) -> str:
        """Return the words after on one line, as the quotation runs into them."""
        words = " ".join(self.after.split())
        gap = " " if self.after[:1].isspace() or self.text[-1:].isspace() else ""
        return f"{gap}{words}{'' if self.to_end else '…'}" if words else ""

    @property
    def who(self) -> str:
        """Return who speaks, with the role where it is known; an unknown voice is said to be unknown."""
        name = self.speaker or self.voice
        if not name:
            return "speaker not reported"
        return f"{name} ({self.role})" if self.role else name

    @property
    def place(self) -> str:
        """Return where it stands: source, turn, lines."""
        parts = [self.source]
        if self.turn is not None:
            parts.append(f"turn {self.turn}")
        if self.lines:
            first, last = self.lines
            parts.append(f"line {first}" if first == last else f"lines {first}–{last}")
        return ", ".join(parts)


def number_quotations(quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """Return the quotations as Q001, Q002 … in the order given."""
    return tuple(replace(quotation, id=f"Q{number:03d}") for number, quotation in enumerate(quotations, 1))


def record_line(quotation: Quotation) -> str:
    """Return the whole record in one line, its parts divided by bars."""
    return " | ".join((quotation.id, f"“{quotation.words}”", *provenance(quotation)))


def provenance(quotation: Quotation) -> tuple[str, ...]:
    """Return the parts of a citation, each said once; what is not known is left out or said to be so."""
    parts = [f"speaker {quotation.who}" if quotation.speaker or quotation.voice else quotation.who]
    parts.append(f"source {quotation.place}")
    if quotation.in_review:
        parts.append("in review")
    parts.append(f"said {quotation.said}" if quotation.said else "date not reported")
    if quotation.about:
        parts.append(_about(quotation.about))
    if quotation.code:
        parts.append(f"code {quotation.code}")
    if quotation.layer:
        version = f" v{quotation.codebook_version}" if quotation.codebook_version else ""
        parts.append(f"layer {quotation.layer}{version}")
    if quotation.omissions:
        parts.append(f"[edited: {quotation.omissions} omission{'s' * (quotation.omissions > 1)}]")
    return tuple(parts)


def _about(date: str) -> str:
    # “about about 2006” would be read as a slip; the word says two things here.
    return (
        f"about {date.replace('about ', '')} (approximate)" if date.startswith("about ") else f"about {date}"
    )


def in_text(quotation: Quotation) -> str:
    """Return the quotation as running text cites it: the words, then who, where and when in brackets."""
    name = quotation.speaker or quotation.voice or "speaker not reported"
    said = quotation.said or "date not reported"
    parts = [name, quotation.role, quotation.source_title or quotation.source, said]
    return f"“{quotation.words}” ({', '.join(part for part in parts if part)})"


def distribution_note(quotations: Sequence[Quotation]) -> str | None:
    """Return a warning where one voice supplies more than 30 % of the quotations, else None.

    Under twenty quotations the warning gives counts, because a percentage of so few misleads.
    """
    voices = Counter(quotation.speaker or quotation.voice for quotation in quotations)
    voices.pop(None, None)
    if not voices:
        return None
    name, count = min(voices.items(), key=lambda item: (-item[1], str(item[0])))
    share = count / len(quotations)
    if share <= LARGEST_SHARE or len(quotations) == 1:
        return None
    shown = f" ({share:.0%})" if len(quotations) >= LEAST_FOR_PERCENT else ""
    return f"One voice, {name}, supplies {count} of {len(quotations)} quotations{shown}."


def single_voice_codes(quotations: Iterable[Quotation]) -> tuple[str, ...]:
    """Return the codes whose quotations all come from one known voice."""
    voices: dict[str, set[str | None]] = {}
    for quotation in quotations:
        voices.setdefault(quotation.code, set()).add(quotation.speaker or quotation.voice)
    return tuple(
        sorted(code for code, heard in voices.items() if code and len(heard) == 1 and None not in heard)
    )
