"""What coders do in copies that are merged: one method a kind of act, each of which may be refused.

Wherever a name, words or a place are chosen there are few of them, so that coders come upon the same things.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcase.coding.places import SpanPlace
from qualcase.model.code import Code
from qualcase.model.errors import QualcaseError

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from qualcase.project import Project

CODES = ("KM", "KM.TRUST", "NS", "X.A", "X.B")
WORDS = ("We met twice", "Nobody trusted", "built trust", "workshop", "slowly")
# Words that a correction puts in the place of others; some of them bring back what another one took away.
CORRECTIONS = (
    ("twice", "three times"),
    ("three times", "twice"),
    ("Nobody trusted", "Hardly anybody trusted"),
    ("The workshop", "The workshops"),
    ("How did", "How, then, did"),
    ("Then we built trust", "Later on trust was built"),
    ("Later on trust was built", "Then we built trust"),
    (" slowly", ""),
)


class Coder:
    """One coder at a copy; `done` counts the acts by name that were not refused."""

    def __init__(self, project: Project, folder: Path, chance: random.Random) -> None:
        self.project, self.folder, self.chance = project, folder, chance
        self.name = project.coder
        self.done: Counter[str] = Counter()

    def act(self) -> None:
        """Do one thing; it may be refused."""
        name = self.chance.choices(ACTS, WEIGHTS)[0]
        try:
            getattr(self, name)()
        except QualcaseError:
            return
        self.done[name] += 1

    def code(self) -> None:
        """Code words that others may code."""
        source = self._source()
        text = self.project.sources.text(source)
        words = self.chance.choice(WORDS)
        if words in text:
            start = text.index(words)
            self.project.codings.add(source, self._code(), SpanPlace(start, start + len(words)))

    def recode(self) -> None:
        """Give a coding another code."""
        if one := self._coding():
            self.project.codings.recode(one, self._code())

    def resize(self) -> None:
        """Move the ends of a coding."""
        if one := self._coding():
            start = self.chance.randrange(30, 60)
            self.project.codings.resize(one, start, start + self.chance.randint(5, 30))

    def describe(self) -> None:
        """Say something of a coding."""
        change = self.chance.choice(
            [{"memo": self._words()}, {"valence": self.chance.choice("+-")}, {"key": True}, {"weight": 0.5}]
        )
        if one := self._coding():
            self.project.codings.describe(one, **change)

    def uncode(self) -> None:
        """Take a coding away."""
        if one := self._coding():
            self.project.codings.remove(one)

    def edit_text(self) -> None:
        """Correct the interview."""
        source = self.project.sources.list()[0]
        text = self.project.sources.text(source)
        was, now = self.chance.choice([pair for pair in CORRECTIONS if pair[0] in text] or [("", "")])
        self.project.editing.replace_text(source, text.replace(was, now) if was else text)

    def rewrite(self) -> None:
        """Take the interview from a file in which it was corrected."""
        source = self.project.sources.list()[0]
        text = self.project.sources.text(source)
        file = self.folder / "corrected.txt"
        was, now = self.chance.choice(CORRECTIONS)
        file.write_text(f"{self._words()}\n\n{text.replace(was, now)}", encoding="utf-8")
        self.project.editing.reimport(source, file)

    def review(self) -> None:
        """Say where a passage in review is, or that it is gone."""
        doubts = self.project.editing.review()
        if doubts:
            uid = self.chance.choice(doubts).uid
            editing = self.project.editing
            ways = (editing.confirm, editing.drop, lambda one: editing.move(one, 0, 11))
            self.chance.choice(ways)(uid)

    def describe_source(self) -> None:
        """Say what a source is."""
        self.project.sources.describe(self._source(), title=self._words())

    def import_file(self) -> None:
        """Bring a file in that the others may bring in too."""
        file = self.folder / f"note-{self.chance.randint(1, 2)}.txt"
        file.write_text(f"I: So?\n\nR1: In {file.stem}: trust, a workshop.\n", encoding="utf-8")
        self.project.sources.import_paths([file])

    def write_memo(self) -> None:
        """Write a memo."""
        self.project.memos.add(f"By {self.name}")

    def write_memo_on_passage(self) -> None:
        """Write a memo on words."""
        source = self.project.sources.list()[0]
        start = self.chance.randrange(0, 60)
        self.project.memos.add(self._words(), about=source.handle, place=SpanPlace(start, start + 12))

    def edit_memo(self) -> None:
        """Put a memo otherwise."""
        if memos := self.project.memos.list():
            self.project.memos.edit(self.chance.choice(memos).uid, self._words())

    def remove_memo(self) -> None:
        """Take a memo away."""
        if memos := self.project.memos.list():
            self.project.memos.remove(self.chance.choice(memos).uid)

    def rename_code(self) -> None:
        """Name a code otherwise."""
        self.project.codebook.rename(self._code(), self._words())

    def redefine_code(self) -> None:
        """Give a code another meaning: a new version of the codebook."""
        self.project.codebook.edit(self._code(), definition=self._words())

    def add_code(self) -> None:
        """Begin a code that the others may begin too."""
        name = self.chance.choice(["X.A", "X.B"])
        self.project.codebook.add(Code(id=name, name=self.name, definition=self.name))

    def merge_codes(self) -> None:
        """Make two codes one."""
        self.project.codebook.merge(*self.chance.sample(CODES, 2), reason="they are one")

    def retire_code(self) -> None:
        """Retire a code."""
        self.project.codebook.retire(self._code())

    def confirm_reading(self) -> None:
        """Say that a coding was read again under a new meaning."""
        if waiting := self.project.codebook.reread():
            one = self.chance.choice(waiting)
            self.project.codebook.confirm([one.id], code=one.code)

    def create_case(self) -> None:
        """Begin a case that the others may begin too."""
        self.project.cases.create(self.chance.choice(["North", "South"]))

    def assign_case(self) -> None:
        """Say that a source, or a turn of it, speaks of a case."""
        turn = self.chance.choice([None, 2, 4])
        self.project.cases.assign(self.chance.choice(["North", "South"]), self._source(), turn=turn)

    def mark_done(self) -> None:
        """Say that a source is coded through, or is not after all."""
        desk = self.project.sources
        self.chance.choice([desk.mark_done, desk.reopen])(self._source())

    def describe_actor(self) -> None:
        """Say who somebody is; the organisation may become an actor by it, as it may in others' copies."""
        change = self.chance.choice(
            [{"role": self._words()}, {"sector": "public"}, {"organisation": "Board"}]
        )
        self.project.actors.describe(self.chance.choice(["Berit", "Board", "R1 (S2)"]), **change)

    def rename_actor(self) -> None:
        """Call somebody by a name that nobody else gives."""
        self.project.actors.rename(self.chance.choice(["Berit", "R1 (S2)"]), f"Kari, as {self.name} says")

    def merge_actors(self) -> None:
        """Make two actors one."""
        self.project.actors.merge(*self.chance.sample(["Berit", "Board", "Interviewer", "R1 (S2)"], 2))

    def give_attribute(self) -> None:
        """Give a source or an actor an attribute that the others may give, too; it may be no number."""
        owner, name = self.chance.choice(
            [("source", "S1"), ("source", "S2"), ("actor", "Berit"), ("actor", "Board")]
        )
        file = self.folder / "attributes.csv"
        file.write_text(
            f"{owner},size\n{name},{self.chance.choice(['1', '2', self.name])}\n", encoding="utf-8"
        )
        self.project.attributes.import_file(file, owner)

    def add_event(self) -> None:
        """Date something, under a handle that the others' events may have."""
        source = self.project.sources.list()[0]
        self.project.events.add(self.name, "2006", source=source, quote="We met twice.")

    def undo(self) -> None:
        """Take back."""
        self.project.journal.undo()

    def redo(self) -> None:
        """Do again."""
        self.project.journal.redo()

    def _words(self) -> str:
        return f"{self.name} {self.chance.randint(1, 3)}"

    def _source(self):
        return self.chance.choice(self.project.sources.list())

    def _code(self) -> str:
        return self.chance.choice(CODES)

    def _coding(self) -> str | None:
        found = self.project.codings.list()
        return self.chance.choice(found).uid if found else None


ACTS = [name for name in vars(Coder) if not name.startswith("_") and name != "act"]
_OFTEN = {
    "code": 2,
    "edit_text": 3,
    "undo": 3,
    "redo": 2,
    "recode": 2,
    "resize": 2,
    "describe": 2,
    "review": 2,
    "add_event": 2,
}
WEIGHTS = [_OFTEN.get(name, 1) for name in ACTS]
