"""Two copies of one project, Anna's and Bo's, and what is done in them."""

from __future__ import annotations

from qualcase.coding.places import SpanPlace
from qualcase.project import create_project, open_project
from qualcase.storage.snapshots import copy_file

INTERVIEW = """Interviewer: How did it begin?

Berit: We met twice. Nobody trusted anybody.

Interviewer: And then?

Berit: Then we built trust, slowly. The workshop helped.
"""
TEXT = "We met twice. Nobody trusted anybody. Then we built trust, slowly. The workshop helped."


def anna(copies):
    """Open Anna's copy as Anna."""
    return open_project(copies[0], coder="Anna")


def bo(copies):
    """Open Bo's copy as Bo."""
    return open_project(copies[1], coder="Bo")


def create(folder, text, codebooks=("four-process",)):
    """Begin a project of Anna's with one text, S1; return it open."""
    project = create_project(folder / "study.qualcase", codebooks, coder="Anna")
    (folder / "berit.txt").write_text(text, encoding="utf-8")
    project.sources.import_paths([folder / "berit.txt"])
    return project


def code(project, words, handle="KM.TRUST"):
    """Code the first place where S1 has the words."""
    source = project.sources.find("S1")
    return project.codings.add(source, handle, SpanPlace(*span(words, project.sources.text(source))))[0]


def correct(project, was, now):
    """Correct words of S1, wherever they stand; return what was done."""
    source = project.sources.find("S1")
    text = project.sources.text(source)
    assert was in text
    return project.editing.replace_text(source, text.replace(was, now))


def span(words, text=INTERVIEW):
    """Return where words stand first in a text."""
    start = text.index(words)
    return start, start + len(words)


def kept(path):
    """Copy a file that is open, as a backup does; return the copy."""
    before = path.with_suffix(".before")
    copy_file(path, before)
    return before


def merge_both_ways(copies):
    """Merge Bo's copy into Anna's and, as it was before, Anna's into Bo's; return both sides' reports."""
    with anna(copies) as mine, bo(copies) as other:
        before = kept(copies[0])
        return mine.merging.merge(copies[1]), other.merging.merge(before)


def well(project):
    """Tell whether the journal holds and the check finds nothing."""
    return project.journal.verify().verified and list(project.care.check().problems) == []


def alike(copies, read):
    """Return what both copies show, which must be one thing."""
    with anna(copies) as mine, bo(copies) as other:
        assert mine.store.digest() == other.store.digest()
        shown = read(mine)
        assert shown == read(other)
        assert well(mine)
        assert well(other)
        return shown
