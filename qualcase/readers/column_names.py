"""Which column of a table holds the speaker, the words and the time, told by its heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPEAKER_LIST = (
    "speaker,speaker name,speaker_name,speakers,sprecher,sprecherin,taler,snakker,participant,deltaker,"
    "person,who,name,navn,nick,user,sender,from,author,actor,interlocutor,role,person/rolle"
)
_TEXT_LIST = (
    "text,utterance,transcript,transcription,speech,content,sentence,message,statement,said,aussage,äußerung,"
    "ytring,tekst,utsagn,body,response,answer,quote,inhalt,innhold,what,words,comment"
)
_TIME_LIST = (
    "time,timestamp,time stamp,start,start time,start_time,starttime,begin,from time,timecode,time code,"
    "in,offset,zeit,zeitstempel,beginn,tid,tidspunkt,starttid"
)
# The surest name first: where several columns could be meant, it wins.
SPEAKER_NAMES = tuple(_SPEAKER_LIST.split(","))
TEXT_NAMES = tuple(_TEXT_LIST.split(","))
TIME_NAMES = tuple(_TIME_LIST.split(","))


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


def _first(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)
