"""Which language a text is in, told by its commonest small words; no model, no download."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 60_000
_FEWEST_WORDS = 20
# At least this share of all words are small words of the language, and this much more than of the next.
_SHARE = 0.12
_LEAD = 1.25

_SMALL_WORDS = {
    "en": (
        "the of and to in that is was it for with as on you they this but have be are not we what my "
        "so had there were been which do from would about"
    ),
    "de": (
        "der die das und ist nicht ich es ein eine zu wir auf mit sich den dem im auch dass wie aber "
        "noch von war haben sind oder wenn nur einen"
    ),
    "nb": (
        "og det er jeg ikke i på en som til av at vi har med for de et den så var men om fra hva "
        "etter blir ble noe meg seg veldig mye"
    ),
    "da": (
        "og det er jeg ikke i på en som til af at vi har med for de et den så var men om fra hvad "
        "efter bliver blev noget mig sig meget også hvor"
    ),
    "sv": (
        "och det är jag inte i på en som till av att vi har med för de ett den så var men om från vad "
        "efter blir blev något mig sig mycket också hur"
    ),
    "fi": (
        "ja on ei se että oli hän ne me mutta kun niin kuin mitä olen tämä sitten myös ole siitä joka "
        "ovat vain jos nyt kanssa"
    ),
    "fr": (
        "le la les de des et est un une que qui je pas dans pour vous il on ce ne en avec mais sur "
        "nous c au du elle était sont plus"
    ),
    "es": (
        "el la los las de que y en un una es no por con para se lo me mi pero como su al del más muy "
        "yo fue hay cuando esta está eso"
    ),
    "nl": (
        "de het een en van ik is dat niet in op te we wij zijn met voor ook die maar hij was er aan "
        "als heb hebben wat naar dan nog wel"
    ),
    "it": (
        "il la di che e un una è non per con si lo le i gli del della sono ma come mi ho anche più "
        "era questo nel al alla perché io"
    ),
    "pt": (
        "o a os as de que e em um uma é não por com para se eu do da mas como mais foi ao na no isso "
        "muito também são está ele ela quando"
    ),
}
_PROFILES = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
# Neighbours share most of their small words; these are theirs alone and decide between them.
_TELLING = {
    "nb": frozenset("av etter ble hva noe meg seg mye fra".split()),  # noqa: SIM905 -- reads as a line of words
    "da": frozenset("af efter blev hvad noget mig sig meget også fra hvor".split()),  # noqa: SIM905 -- as above
}


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of `text`, None where that is not sure.

    Knows English, German, Norwegian (nb), Danish, Swedish, Finnish, French, Spanish, Dutch, Italian and
    Portuguese; looks at the first 60,000 characters.
    """
    words = Counter(found.casefold() for found in _WORD.findall(text[:_SAMPLE]))
    total = sum(words.values())
    if total < _FEWEST_WORDS:
        return None
    scores = {language: _share(words, profile, total) for language, profile in _PROFILES.items()}
    best, second, *_ = sorted(scores, key=lambda language: -scores[language])
    if scores[best] < _SHARE:
        return None
    if {best, second} == {"nb", "da"}:
        return _decide(words, best, second)
    return best if scores[best] >= _LEAD * scores[second] else None


def _share(words: Counter[str], profile: frozenset[str], total: int) -> float:
    return sum(words[word] for word in profile) / total


def _decide(words: Counter[str], first: str, second: str) -> str | None:
    counts = {language: sum(words[word] for word in _TELLING[language]) for language in (first, second)}
    if counts[first] == counts[second]:
        return None
    return max(counts, key=lambda language: counts[language])
