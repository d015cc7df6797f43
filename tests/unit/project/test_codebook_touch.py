"""What rests on a code is counted before the code is changed."""

from __future__ import annotations

import qualcase
from qualcase.coding.places import SpanPlace
from qualcase.project import create_project

TEXT = "We trusted each other at once. Nobody trusted the hospital.\n"


def test_codings_coders_sources_events_and_codes_below_are_counted(tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"{name}. {TEXT}", encoding="utf-8")
    path = tmp_path / "study.qualcase"
    with create_project(path, coder="Anna") as project:
        project.sources.import_paths([tmp_path / "one.txt", tmp_path / "two.txt"])
        one, two = project.sources.list()
        project.codings.add(one, "KM.TRUST", SpanPlace(0, 10))
        project.codings.add(two, "KM.TRUST", SpanPlace(0, 10))
        project.codings.add(one, "KM.SHARE", SpanPlace(0, 10))
        project.codings.add(two, "KM.SHARE", SpanPlace(3, 10))
        project.events.add("Founded", "2008", codes=("KM.TRUST",))
    with qualcase.open(path, coder="Jonas") as project:
        project.codings.add(one, "KM.TRUST", SpanPlace(0, 10))
        found = project.codebook.touched("KM.TRUST", "KM.SHARE")
        assert (found.codings, found.coders, found.sources, found.events) == (3, ("Anna", "Jonas"), 2, 1)
        # Jonas has not coded the passage the other way, and Anna's second one differs by its place.
        assert found.shared == 1
        assert found.below == ()
        top = project.codebook.touched("KM")
        assert (top.codings, top.coders, top.shared) == (0, (), None)
        assert "KM.TRUST" in top.below
