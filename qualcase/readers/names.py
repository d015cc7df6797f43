"""What can be the name of a speaker, and what only looks like one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

LONGEST_NAME = 60
_MOST_WORDS = 6
_ROLE_LIST = """
interviewer interviewee researcher respondent participant moderator facilitator speaker informant
question answer host guest student teacher patient doctor nurse client therapist agent customer q a
i r p int interviewerin befragte befragter forscher forscherin moderatorin frage antwort intervjuer
informant ordstyrer spørsmål svar haastattelija haastateltava b experte expertin interviewpartner
interviewpartnerin gesprächspartner gesprächspartnerin intervjuare intervjuperson deltagare
entrevistada entrevistado entrevistadora entrevistador enquêteur enquêtrice enquêté enquêtée
intervieweur intervieweuse interviewé interviewée intervistatore intervistatrice intervistato
intervistata geïnterviewde
"""
_ROLES = frozenset(_ROLE_LIST.split())
_NO_PERSONS = frozenset(
    ["question", "answer", "frage", "antwort", "spørsmål", "svar", "q", "a", "b", "i", "r", "p", "int"]
)

# What a person may be called by in small letters after another word: "Head nurse", "Female participant 2".
_PERSON_LIST = """
woman man girl boy voice member worker mother father manager director officer chair volunteer resident
citizen carer parent teenager assistant colleague coordinator employee farmer pupil translator interpreter
frau mann teilnehmer teilnehmerin forsker deltaker kvinne elev lærer persona mujer hombre participante
"""
_PERSONS = frozenset(_PERSON_LIST.split()) | (_ROLES - _NO_PERSONS)

# Words that stand before a colon in front matter, minutes, field notes and papers.
_APPARATUS_LIST = """
date time place location venue site duration length present attendees attendance participants
apologies regrets absent guests guest-list scribe scribes scribe(s) minutes agenda topic topics
subject title project file filename recording recorded recorder transcript transcription transcriber
transcribed version language source sources note notes nb ps p.s action actions ai decision
decisions resolution resolutions resolved summary summaries keyword keywords abstract link links ref
refs reference references see example examples warning important background introduction method
methods results discussion conclusion conclusions figure fig table appendix context setting theme
themes code codes memo memos observation observations interpretation reflection reflections comment
comments analysis follow-up todo deadline owner status budget item items point points break end side
tape tape-side begin start http https url email e-mail tel phone fax doi isbn issn author authors
editor publisher copyright licence license meeting calendar issue issues proposal proposals update
updates announcement announcements motion vote votes datum uhrzeit zeit ort dauer anwesend abwesend
teilnehmer teilnehmende thema themen notiz notizen protokoll beschluss aufgabe zusammenfassung
quelle dato tid sted varighet tilstede fravær deltakere sak saker merknad referat vedtak
oppsummering kilde tag tags document documents label labels attachment attachments day week step phase visit
session round month year wave module task unit stage monday tuesday wednesday thursday friday saturday
sunday mon tue tues wed thu thur thurs fri
montag dienstag mittwoch donnerstag freitag samstag sonntag dag uke woche fecha lugar tema resumen
fuente lieu sujet résumé présents paikka aika aihe läsnä
"""
_APPARATUS = frozenset(_APPARATUS_LIST.split())
_APPARATUS_STARTS = (
    "date of", "time of", "place of", "interview no", "interview date", "action item", "next step",
    "present ",
    "transcribed by", "recorded by", "in attendance", "attended by", "list of", "follow up", "to do",
    "key ", "end of", "start of", "side ", "tape ", "part ", "section ", "chapter ", "file name",
    "duration of",
)  # fmt: skip
_SOUNDS = frozenset(
    {"laughter", "laughs", "laughing", "pause", "inaudible", "crosstalk", "silence", "music", "unclear",
     "applause", "sic", "noise", "coughs", "sighs", "lachen", "lacht", "pausiert", "unverständlich",
     "latter", "ler"}
)  # fmt: skip
_NUMBERED = re.compile(r"\s*(?:#|no\.?)?\s*\d+\Z")
_YEAR = re.compile(r"(?:1[89]|20)\d\d[,.]?")
_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
# P1, S12, id1, INT2, SPEAKER_00, spk_0: "Day 1" and "Table 3" are none.
_CODE = re.compile(r"[^\W\d_]{1,4}\d{1,4}|[^\W\d_]{1,11}[_.-]\d{1,4}|[A-Z]{1,3} \d{1,3}")
_CAPITALS = r"[^\W\d_a-zß-öø-ÿ]"
_SHAPE = re.compile(
    rf"(?P<code>[^\W\d_]{{1,11}}[ _.-]?\d{{1,4}})"
    rf"|(?P<capitals>{_CAPITALS}{{2,}}(?:[ .-]{_CAPITALS}+)*)"
)
_PARTICLE_LIST = "de van von der den la le da di of the and af av y e"
_PARTICLES = frozenset(_PARTICLE_LIST.split())


def clean_name(name: str) -> str:
    """Return a label's name without the markup's colon, asterisks and brackets; its own parentheses stay."""
    return name.strip(" \t*_:[]<>\\").strip()


@lru_cache(maxsize=4096)
def is_apparatus(name: str) -> bool:
    """Say whether a label is a word of front matter, minutes or notes rather than a person."""
    folded = _NUMBERED.sub("", clean_name(name).casefold()).strip()
    plain = _PARENTHESIS.sub("", folded).strip()
    starts = any(folded.startswith(start) for start in _APPARATUS_STARTS)
    return starts or bool({folded, plain, plain.rstrip("s")} & (_APPARATUS | _SOUNDS))


def is_role(name: str) -> bool:
    """Say whether a label stands for a speaker whose name is not told: I, Interviewer, P3, SPEAKER_00."""
    return is_role_word(name) or bool(_CODE.fullmatch(name) and not is_apparatus(name))


def is_role_word(name: str) -> bool:
    """Say whether a label is the word for a role, numbered or not: I, Interviewer, Speaker 2."""
    folded = name.casefold()
    return folded in _ROLES or folded.rstrip("0123456789 _.-") in _ROLES


@lru_cache(maxsize=4096)
def could_be_name(name: str) -> bool:
    """Say whether a piece of text before a colon has the form of a name: few words, each one capitalised."""
    cleaned = clean_name(name)
    if not cleaned or len(cleaned) > LONGEST_NAME or is_apparatus(cleaned):
        return False
    words = _PARENTHESIS.sub("", cleaned).split()
    if any(_YEAR.fullmatch(word) for word in words):
        return False
    if not words or len(words) > _MOST_WORDS or not any(one.isalpha() for one in cleaned):
        return False
    small = [word for word in words if word[0].islower() and word.casefold() not in _PARTICLES]
    if not small or len(words) == 1 or _is_person(words[-1]) or _is_person(words[-2]):
        return True
    return len(words) == 2 and words[1].isdigit()  # noqa: PLR2004 -- "speaker 1"


def _is_person(word: str) -> bool:
    return word.casefold().strip(".,") in _PERSONS


def keep_speakers(counts: Counter[str]) -> set[str]:
    """Return the names that are speakers, by how often each occurs as a label.

    A name that occurs once stays only where it looks like those that recur: a code or capitals as they are, a
    role, a name of several words as they have, or a name with its handle where the handle recurs for others.
    """
    recurring = {name for name, count in counts.items() if count > 1}
    shapes = {_shape(name) for name in recurring} - {"word"}
    if any(set(_PARENTHESIS.findall(name)) & recurring for name in counts):
        shapes.add("handle")
    return recurring | {name for name in counts.keys() - recurring if is_role(name) or _shape(name) in shapes}


def _shape(name: str) -> str:
    found = _SHAPE.fullmatch(name)
    if found:
        return found.lastgroup or "word"
    if _PARENTHESIS.search(name):
        return "handle"
    return "full name" if len(name.split()) > 1 and name.istitle() else "word"
