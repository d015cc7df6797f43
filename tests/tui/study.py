"""A small study in a real file, opened on a screen of the workbench."""

from __future__ import annotations

from contextlib import asynccontextmanager

from bench import Bench, make_app

import qualcase
from qualcase.coding.places import QuotePlace
from qualcase.project import create_project
from qualcase.project.importing import ImportOptions
from qualcase.tui.clerk import Clerk
from qualcase.tui.memory import Memory

HOLM = """Interviewer: How did the network begin?
Ms Holm: We met at a fair. There was little trust at first, and nobody wanted to show what they had.
It took a year of dinners before anyone told me what they were really making.

Interviewer: And then?
Ms Holm: Then we built trust, slowly. The workshop helped us to share what we knew.
"""
BERG = """Interviewer: Who came to the meetings?
Mr Berg: Fewer every month. They lost interest, and two firms left the network.
Interviewer: Was there trust?
Mr Berg: We never built trust. Knowledge sharing was a word for the report.
"""
NOTES = "Nobody came to the workshop.\n\nWe waited for an hour, and talked about low attendance.\n"
CODED = (
    ("Anna", "S1", "KM.TRUST", "There was little trust at first", {"valence": "-"}),
    ("Anna", "S1", "KM.TRUST", "Then we built trust, slowly.", {"valence": "+", "memo": "late, and slow"}),
    ("Anna", "S1", "KM.SHARE", "The workshop helped us to share what we knew.", {"stance": "asserted"}),
    ("Anna", "S2", "KM.TRUST", "We never built trust.", {"key": True}),
    ("Anna", "S3", "NS.THREAT", "Nobody came to the workshop.", {}),
    ("Bo", "S1", "KM.TRUST", "Then we built trust, slowly.", {}),
    ("Bo", "S2", "NS.THREAT", "Fewer every month. They lost interest, and two firms left the network.", {}),
)


def make_study(folder):
    with create_project(folder / "study.qualcase", ("four-process",), coder="Anna") as project:
        for name, text, date in (
            ("holm", HOLM, "2008-06-12"),
            ("berg", BERG, "2009"),
            ("notes", NOTES, None),
        ):
            file = folder / f"{name}.txt"
            file.write_text(text, encoding="utf-8")
            project.sources.import_paths([file], ImportOptions(date=date))
        for coder, source, code, quote, more in CODED:
            project.coder = coder
            project.codings.add(project.sources.find(source), code, QuotePlace(quote), **more)
    return folder / "study.qualcase"


@asynccontextmanager
async def open_study(path, *keys, size=(80, 24), memory=None):
    clerk = Clerk()
    project = clerk.do(lambda: qualcase.open(path, coder="Anna"))
    app = make_app(project, clerk, memory or Memory(None))
    try:
        async with app.run_test(size=size) as pilot:
            bench = Bench(app, pilot, project)
            await bench.settle()
            await bench.press(*keys)
            yield bench
    finally:
        clerk.do(project.close)
        clerk.close()
