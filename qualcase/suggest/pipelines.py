"""Which spaCy pipeline reads a language here: one that is installed, else word tables, else bare words."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import spacy
from spacy.util import get_installed_models

if TYPE_CHECKING:
    from spacy.language import Language

_NEEDED = (
    "tok2vec",
    "transformer",
    "tagger",
    "morphologizer",
    "attribute_ruler",
    "lemmatizer",
    "trainable_lemmatizer",
)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline by name, and what words are compared by: LEMMA, or LOWER where no lemmas are known."""

    name: str
    language: Language
    attribute: str


@cache
def pipeline_for(language: str) -> Pipeline:
    """Return the best pipeline on this machine for a language by its ISO 639-1 code.

    A trained pipeline that the user has is preferred; otherwise spaCy's lookup tables give the lemmas.
    """
    for name in sorted(get_installed_models()):
        if name.startswith(f"{language}_"):
            trained = spacy.load(name)
            for part in trained.pipe_names:
                if part not in _NEEDED:
                    trained.disable_pipe(part)
            if any(part.endswith("lemmatizer") for part in trained.pipe_names):
                return Pipeline(f"{name} {trained.meta.get('version', '')}".strip(), trained, "LEMMA")
    return _from_tables(language)


def _from_tables(language: str) -> Pipeline:
    try:
        blank = spacy.blank(language)
    except ImportError:
        return Pipeline("words as written", spacy.blank("xx"), "LOWER")
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # spaCy warns where it has no table; the return value says so instead.
        try:
            blank.add_pipe("lemmatizer", config={"mode": "lookup"})
            blank.initialize()
        except ValueError:
            return Pipeline("words as written", spacy.blank(language), "LOWER")
    return Pipeline(f"{language} lemma table", blank, "LEMMA")
