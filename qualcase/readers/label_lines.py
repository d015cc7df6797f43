"""How a line begins where somebody starts to speak: one pattern for each style of label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.readers.names import LONGEST_NAME, clean_name, could_be_name
from qualcase.readers.timestamps import BRACKETED_STAMP, DAY, STAMP, TIME, bare_time

if TYPE_CHECKING:
    from collections.abc import Sequence

# A label stands within the first characters of its line; nothing beyond is looked at.
LABEL_REACH = 300
_NAME = (
    rf"[^\W_][^\n:\[\]<>{{}}|*\"“”!?;,=\t]{{0,{LONGEST_NAME - 1}}}?"
    # Name (office, house): a comma belongs to a name within its own parentheses alone.
    rf"(?:[ ]\([^()\n:\[\]]{{1,{LONGEST_NAME}}}\))?"
)
# Beside a time stamp also "Surname, Name".
_LISTED_NAME = rf"[^\W_][^\n:\[\]<>{{}}|*\"“”!?;=\t]{{0,{LONGEST_NAME - 1}}}?"
_BLANK = r"[ \t]*"

STYLES: dict[str, re.Pattern[str]] = {
    # **Name:** speech, **Name**: speech, **Name** [00:10]: speech, > *Name:* speech
    "bold": re.compile(
        rf"{_BLANK}(?:>[ ]?)?(?:(?P<t1>{STAMP}){_BLANK})?(?P<mark>\*{{1,3}}|__)"
        rf"(?P<name>[^*\n:]{{1,{LONGEST_NAME}}}?)"
        rf"(?:{_BLANK}(?P<t2>{STAMP}))?{_BLANK}"
        rf"(?::{_BLANK}(?P=mark)|(?P=mark){_BLANK}(?P<t3>{STAMP})?{_BLANK}:"
        rf"|(?P=mark)[ \t]+(?P<t5>{STAMP}){_BLANK}\Z)"
        rf"(?:{_BLANK}(?P<t4>{BRACKETED_STAMP}))?{_BLANK}"
    ),
    # Name: speech, P1 [00:03:12]: speech, [00:10] NAME: with the speech below, >> NAME: speech,
    # 10:02:03 From Name to Everyone: speech
    "colon": re.compile(
        rf"{_BLANK}(?:>>{_BLANK})?"
        rf"(?:(?P<t1>{STAMP}){_BLANK}[-–]?{_BLANK}(?P<sent>From[ \t]+)?)?(?P<name>{_NAME})"
        rf"(?(sent)(?:[ \t]+to[ \t]+[^:\n]{{1,40}}?)?)"
        rf"(?:[ \t]{{0,4}},?[ \t]{{0,4}}(?P<t2>{STAMP}))?[ \t]{{0,9}}[:：](?![/\d])"
        # A time without brackets may be said, unless gaps set it apart.
        rf"(?:{_BLANK}(?P<t4>{BRACKETED_STAMP})"
        rf"|(?:[ \t]{{2,}}|\t)(?P<t5>{TIME})(?:[ \t]{{2,}}|\t))?{_BLANK}"
    ),
    # - **Name:** speech; a list of plain names before colons is how minutes are kept
    "list": re.compile(
        rf"{_BLANK}[-*•][ \t]+(?:(?P<t1>{STAMP}){_BLANK})?(?P<mark>\*{{1,2}})"
        rf"(?P<name>{_NAME})(?:{_BLANK}(?P<t2>{STAMP}))?{_BLANK}(?::(?P=mark)|(?P=mark){_BLANK}:)(?!//){_BLANK}"
    ),
    # NAME  00:00, NAME - 00:00 or NAME (00:00): alone on its line
    "name and time": re.compile(
        rf"{_BLANK}(?P<name>{_LISTED_NAME})(?:[ \t]{{0,4}}[-–|•·,][ \t]{{0,4}}|[ \t]{{1,40}})"
        rf"(?:\[?{DAY},?[ ])?(?P<t2>{STAMP}){_BLANK}:?{_BLANK}\Z"
    ),
    # NAME [00:00] speech
    "name, time, speech": re.compile(
        rf"{_BLANK}(?P<name>{_NAME})[ \t]+(?P<t2>{BRACKETED_STAMP})[ \t]+(?=\S)"
    ),
    # <v Name>speech, as captions have it
    "voice": re.compile(
        rf"{_BLANK}(?:(?P<t1>{STAMP}){_BLANK})?"
        rf"<v(?:\.[\w.-]{{1,40}})?[ \t]+(?P<name>[^<>\n]{{1,{LONGEST_NAME}}})>{_BLANK}"
    ),
    # INT>> speech, INT> speech
    "chevrons": re.compile(
        rf"{_BLANK}(?:(?P<t1>{STAMP}){_BLANK})?(?P<name>{_NAME})[ \t]?(?:>>{_BLANK}|>[ \t]+)(?=\S)"
    ),
    # [Name] 10:02:03 alone on its line
    "brackets and time": re.compile(
        rf"{_BLANK}\[(?!{TIME})(?P<name>[^\W_][\w .'’()-]{{0,39}})\]:?[ \t]+(?P<t2>{STAMP}){_BLANK}\Z"
    ),
    # [id1] speech
    "brackets": re.compile(rf"{_BLANK}\[(?!{TIME})(?P<name>[^\W_][\w .-]{{0,39}})\]:?[ \t]+(?=\S)"),
    # (Name) speech
    "round brackets": re.compile(rf"{_BLANK}\((?!{TIME})(?P<name>[^\W_][\w .-]{{0,39}})\):?[ \t]+(?=\S)"),
    # Q - speech
    "dash": re.compile(rf"{_BLANK}(?P<name>[A-ZÄÅÆÖØÜ]{{1,3}}\d?)[ \t]?[-–—][ \t]+(?=\S)"),
    # Anna – speech, Anna—speech, **Anna** – speech
    "name and dash": re.compile(
        rf"{_BLANK}(?:(?P<t1>{STAMP}){_BLANK})?(?P<mark>\*{{0,3}})"
        rf"(?P<name>[^\W_][^\n:\[\]<>{{}}|*\"“”!?;,=\t–—]{{0,39}}?)(?P=mark)"
        rf"(?:{_BLANK}(?P<t2>{STAMP}))?(?:[ \t]+[-–][ \t]+|{_BLANK}—{_BLANK})(?=\S)"
    ),
    # Q. speech, 12. Q. speech
    "point": re.compile(rf"{_BLANK}(?:\d{{1,4}}[.)]?[ \t]+)?(?P<name>[QA])\.[ \t]+(?=\S)"),
    # NAME.- speech
    "point and dash": re.compile(rf"{_BLANK}(?P<name>{_NAME})\.[ ]?[-–—][ \t]*(?=\S)"),
    # NAME<TAB>speech
    "tab": re.compile(rf"(?P<name>{_NAME})\t+(?=\S)"),
}

# What a line must hold somewhere to begin so: a sign is looked for far faster than a pattern fails.
_SIGNS = {
    "bold": ("*", "_"),
    "colon": (":", "："),
    "name and time": (":",),
    "name, time, speech": (":",),
    "voice": ("<v",),
    "chevrons": (">",),
    "brackets": ("[",),
    "round brackets": ("(",),
    "dash": ("-", "–", "—"),
    "name and dash": ("-", "–", "—"),
    "point": (".",),
    "point and dash": (".-", ".–", ".—", ". -", ". –", ". —"),
    "tab": ("\t",),
}

# Blanks beyond so many in a row set nothing further apart, and a pattern tries each as the end of a name.
_GAP = " " * 9
_LONG_GAP = re.compile(r"(?<=[^ ] {8})( +)")


@dataclass(frozen=True, slots=True)
class Label:
    """A place where a name stands as a label: `[start, speech)` is the label with its time stamp."""

    start: int
    speech: int
    name: str
    timestamp: str | None
    style: str


def match_label(style: str, line: str, start: int) -> Label | None:
    """Return the label of `style` that begins `line`, which stands at offset `start` of its text."""
    signs = _SIGNS.get(style)
    if signs and not any(sign in line for sign in signs):
        return None
    head = line[:LABEL_REACH]
    gaps = [gap.span(1) for gap in _LONG_GAP.finditer(head)] if _GAP in head else []
    head = _without(head, gaps)
    found = STYLES[style].match(head)
    if not found or (found.end() == len(head) and len(line) > LABEL_REACH):
        return None
    groups = found.groupdict()
    stamp = next((groups[key] for key in ("t1", "t2", "t3", "t4", "t5") if groups.get(key)), None)
    speech = start + _in_line(found.end(), gaps)
    return Label(start, speech, clean_name(groups["name"]), bare_time(stamp), style)


def _without(head: str, gaps: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(gaps):
        head = head[:start] + head[end:]
    return head


def _in_line(place: int, gaps: Sequence[tuple[int, int]]) -> int:
    """Return where a place of the shortened head is in its line."""
    for start, end in gaps:
        if place >= start:
            place += end - start
    return place


def find_label(style: str, line: str, start: int) -> Label | None:
    """Return the label as `match_label` does, if it has the form of a name."""
    label = match_label(style, line, start)
    return label if label and could_be_name(label.name) else None
