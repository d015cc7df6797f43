"""Nothing is written where an earlier state is looked at, and none is looked at where an act is written."""

from __future__ import annotations

import pytest
from two_copies import TEXT, create

from qualcase.coding.places import SpanPlace


def test_nothing_is_written_while_an_earlier_state_is_looked_at(tmp_path):
    with create(tmp_path, TEXT) as project:
        project.codebook.rename("KM", "Knowing")
        size = project.journal.size()
        with project.codebook.as_of("1"), pytest.raises(RuntimeError, match="earlier state"):
            project.codings.add(project.sources.find("S1"), "KM", SpanPlace(0, 5))
        assert (project.codings.list(), project.journal.size()) == ((), size)
        assert project.codebook.find("KM").name == "Knowing"


def test_no_earlier_state_is_looked_at_while_an_act_is_written(tmp_path):
    with create(tmp_path, TEXT) as project:
        project.codebook.rename("KM", "Knowing")
        refused = pytest.raises(RuntimeError, match="earlier state")
        with refused, project.store.writing(), project.codebook.as_of("1"):
            pass
        assert project.codebook.find("KM").name == "Knowing"
        assert project.care.check().ok


def test_an_earlier_state_is_not_looked_at_from_within_another(tmp_path):
    with create(tmp_path, TEXT) as project:
        project.codebook.rename("KM", "Knowing")
        project.codebook.rename("KM", "Learning")
        refused = pytest.raises(RuntimeError, match="earlier state")
        with project.codebook.as_of("2"), refused, project.codebook.as_of("1"):
            pass
        assert project.codebook.find("KM").name == "Learning"
