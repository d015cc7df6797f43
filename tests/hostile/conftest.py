"""What the tests of hostile input share: the modules beside them, and a study to try files on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from watched_runs import Place, copy_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from watched_runs import Seen

TALK = "I: Why?\n\nKari: We met. We met again.\n\nI: So?\n\nKari: So.\n"


@pytest.fixture(scope="session")
def sound_study(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a study with one source and one coding, to be copied."""
    place = Place(tmp_path_factory.mktemp("sound") / "study")
    (place.work / "kari.txt").write_text(TALK, encoding="utf-8")
    for words in (
        ("new", "study.qualcase"),
        ("import", "kari.txt"),
        ("code", "S1", "KM.TRUST", "--turn", "2"),
    ):
        seen = place.run(*words)
        assert seen.code == 0, seen.err
    return place


@pytest.fixture
def place(sound_study: Place, tmp_path: Path) -> Place:
    """Return a study of one's own."""
    return copy_of(sound_study, tmp_path / "place")


@pytest.fixture
def told() -> Callable[[str, Seen], None]:
    """Return what writes a run's figures to the file that QUALCASE_FIGURES names, where there is one."""

    def tell(name: str, seen: Seen) -> None:
        if path := os.environ.get("QUALCASE_FIGURES"):
            said = (seen.err or seen.out).strip().split("\n")[0][:110]
            with Path(path).open("a", encoding="utf-8") as file:
                took = f"{seen.wall:5.1f} s {seen.cpu:5.1f} s CPU {seen.megabytes:4.0f} MB"
                left = f"{len(seen.sockets)} sockets {len(seen.outside)} outside"
                file.write(f"{name!r:44} exit {seen.code} {took} {left}  {said}\n")

    return tell
