"""Which column of a table holds the speaker, the words and the time, told by its heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPEAKER_LIST = (
    "speaker,speakers,speaker name,speaker_name,name,participant,person,who,actor,role,interlocutor,author,"
    "user,sender,from,nick,sprecher,sprecherin,person/rolle,taler,deltaker,navn,snakker"
)
_TEXT_LIST = (
    "text,utterance,transcript,transcription,content,speech,words,sentence,message,what,body,comment,response,"
    "answer,turn,statement,said,quote,aussage,äußerung,inhalt,ytring,tekst,utsagn,innhold"
)
_TIME_LIST = (
    "time,timestamp,time stamp,start,start time,start_time,starttime,begin,from time,timecode,time code,"
    "in,offset,zeit,zeitstempel,beginn,tid,tidspunkt,starttid"
)
SPEAKER_NAMES = frozenset(_SPEAKER_LIST.split(","))
TEXT_NAMES = frozenset(_TEXT_LIST.split(","))
TIME_NAMES = frozenset(_TIME_LIST.split(","))


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of the columns that make a turn; `speaker` and `time` may be missing."""

    text: int
    speaker: int | None = None
    time: int | None = None


def recognise_columns(headings: Sequence[str]) -> Columns | None:
    """Return the columns that a row of headings names, None if none of them is for the words."""
    names = [heading.strip(" \t*_:\ufeff").casefold() for heading in headings]
    text = _first(names, TEXT_NAMES)
    if text is None:
        return None
    return Columns(text, _first(names, SPEAKER_NAMES), _first(names, TIME_NAMES))


def _first(names: Sequence[str], wanted: frozenset[str]) -> int | None:
    return next((place for place, name in enumerate(names) if name in wanted), None)
