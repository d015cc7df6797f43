"""What coders do to a small project, one method a kind of act; each may be refused."""

from __future__ import annotations

import json

from qualcase.coding.places import SpanPlace, TurnPlace
from qualcase.model.code import Code

CODES = ("KM", "KM.TRUST", "KM.SHARE", "KM.ACQUIRE", "NS", "NS.THREAT", "X.NEW", "Y.NEW")


class IdleError(Exception):
    """There is nothing to do an act to."""


class Desk:
    """What coders do."""

    def __init__(self, project, folder, chance):
        self.project, self.folder, self.chance = project, folder, chance

    def _one(self, things):
        if not things:
            raise IdleError
        return self.chance.choice(things)

    def _source(self):
        return self.chance.choice(self.project.sources.list())

    def _coding(self):
        return self._one(self.project.codings.list()).uid

    def _memo(self):
        return self._one(self.project.memos.list()).uid

    def _span(self, source):
        start = self.chance.randrange(max(1, source.characters - 2))
        return start, self.chance.randint(start + 1, source.characters)

    def code(self):
        source = self._source()
        attributes = self.chance.choice([{}, {"memo": "why"}, {"valence": "-", "key": True}, {"weight": 0.5}])
        place = SpanPlace(*self._span(source))
        self.project.codings.add(source, self.chance.choice(CODES), place, **attributes)

    def code_a_turn(self):
        self.project.codings.add(self._source(), self.chance.choice(CODES), TurnPlace(2))

    def code_many(self):
        source, codings = self._source(), self.project.codings
        code = self.project.codebook.find(self.chance.choice(CODES))
        shared = {"source": source.uid, "text": self.project.sources.text_uid(source)}
        shared |= {"coder": codings.coder_uid(), "code": codings._code_uid(code), "codebook_version": 1}
        spans = [self._span(source) for _ in range(3)]
        passages = [{"start": start, "end": end} for start, end in spans]
        self.project.perform("code-many", shared=shared, passages=passages, summary="Coded 3 passages")

    def recode(self):
        self.project.codings.recode(self._coding(), self.chance.choice(CODES))

    def resize(self):
        coding = self.project.codings.find(self._coding())
        source = self.project.sources.find(coding.source)
        self.project.codings.resize(coding.uid, *self._span(source))

    def describe(self):
        change = self.chance.choice(
            [{"memo": "again"}, {"memo": None}, {"stance": "doubted"}, {"key": False}]
        )
        self.project.codings.describe(self._coding(), **change)

    def uncode(self):
        self.project.codings.remove(self._coding())

    def _codings(self):
        return [coding.uid for coding in self.project.codings.list()[self.chance.randint(0, 1) :][:3]]

    def recode_many(self):
        self.project.codings.recode(self._codings(), self.chance.choice(CODES))

    def resize_many(self):
        start = self.chance.randint(0, 20)
        self.project.codings.resize_all(dict.fromkeys(self._codings(), (start, start + 9)))

    def describe_many(self):
        self.project.codings.describe(self._codings(), valence=self.chance.choice("+-0"), weight=0)

    def uncode_many(self):
        self.project.codings.remove(self._codings())

    def code_hits(self):
        self.project.search.code("trust", self.chance.choice(CODES), self.chance.choice(["hit", "sentence"]))

    def in_vivo(self):
        source = self._source()
        start = self.chance.randrange(max(1, source.characters - 12))
        self.project.in_vivo.code(source, SpanPlace(start, start + 12), self.chance.choice([None, "KM"]))

    def edit_text(self):
        source = self._source()
        text = self.project.sources.text(source)
        start = self.chance.randrange(len(text) // 2 + 1)
        words = self.chance.choice(["", " quite another thing ", "Anders: No.\n\n"])
        end = start + self.chance.randint(0, 20)
        self.project.editing.replace_text(source, text[:start] + words + text[end:])

    def review(self):
        doubt = self._one(self.project.editing.review())
        editing = self.project.editing
        ways = (editing.confirm, editing.drop, lambda uid: editing.move(uid, 0, 9))
        self.chance.choice(ways)(doubt.uid)

    def attributes(self):
        owner, name = self.chance.choice([("source", "S1"), ("case", "study"), ("actor", "Berit")])
        file = self.folder / "attributes.csv"
        file.write_text(f"{owner},wave\n{name},{self.chance.choice(['1', '2', 'late'])}\n", encoding="utf-8")
        self.project.attributes.import_file(file, owner)

    def actor(self):
        name = self.chance.choice(self.project.actors.list()).name
        if self.chance.random() < 0.5:
            self.project.actors.rename(name, self.chance.choice(["Berit Vik", "A board"]))
        else:
            self.project.actors.describe(name, role="chair", organisation=self.chance.choice(["", "a firm"]))

    def merge_actors(self):
        self.project.actors.merge(*(one.name for one in self.chance.choices(self.project.actors.list(), k=2)))

    def keep_set(self):
        members = self.chance.sample(CODES[:6], 2)
        ways = (
            lambda: self.project.sets.add("Mine", "codes", members),
            lambda: self.project.sets.add("Ours", "sources", ["S1"]),
            lambda: self.project.sets.remove("mine", self.chance.choice([(), members[:1]])),
        )
        self.chance.choice(ways)()

    def keep_question(self):
        if self.chance.random() < 0.7:
            self.project.queries.save("Mine", f"KM NEAR/{self.chance.randint(1, 9)} NS")
        else:
            self.project.queries.remove("Mine")

    def memo(self):
        about = self.chance.choice([None, ("code", "KM"), ("coding", None)])
        if about == ("coding", None):
            about = ("coding", self._coding())
        self.project.memos.add("It is not so simple.", about=about)

    def memo_on_a_passage(self):
        source = self._source()
        place = self.chance.choice([SpanPlace(*self._span(source)), None])
        self.project.memos.add("Is it so?", about=("source", source.handle), place=place)

    def edit_memo(self):
        self.project.memos.edit(self._memo(), f"Thought {self.chance.random()}")

    def remove_memo(self):
        self.project.memos.remove(self._memo())

    def done(self):
        self.project.sources.mark_done(self._source())

    def correct_source(self):
        facts = {"title": "A visit", "kind": "document", "date": "2008~", "informant": "", "minutes": "45"}
        name = self.chance.choice(list(facts))
        self.project.sources.describe(self._source(), **{name: facts[name]})

    def reopen(self):
        self.project.sources.reopen(self._source())

    def decide(self):
        found = self.project.suggestions.propose(self._source(), limit=4)
        some = self.chance.sample(found, min(2, len(found)))
        if self.chance.random() < 0.5:
            self.project.suggestions.accept_all(some)
        else:
            self.project.suggestions.reject(self._one(some).uid)

    def event(self):
        source = self._source()
        start, end = self._span(source)
        quote = self.chance.choice(["We met twice.", self.project.sources.text(source)[start:end].strip()])
        actors = self.chance.sample(["berit", "a board", "a firm"], 2)
        codes = self.chance.sample(CODES[:5], 2)
        self.project.events.add(
            "They met", "2006-05~", source=source, quote=quote, actors=actors, codes=codes
        )

    def phase(self):
        handle = f"P{self.chance.randint(1, 3)}"
        self.project.events.add_phase(handle, "Beginning", date="2006/2007", opening="nothing before it")

    def case(self):
        self.project.cases.create(self.chance.choice(["North", "South"]))

    def assign(self):
        self.project.cases.assign(self._one(self.project.cases.list()), self._source())

    def add_code(self):
        handle = self.chance.choice(["X.NEW", "Y.NEW"])
        self.project.codebook.add(Code(id=handle, name=handle.title(), definition="What is new."))

    def rename_code(self):
        self.project.codebook.rename(self.chance.choice(CODES), f"Name {self.chance.randint(1, 9)}")

    def redefine_code(self):
        self.project.codebook.edit(self.chance.choice(CODES), definition=f"As of {self.chance.randint(1, 9)}")

    def move_code(self):
        self.project.codebook.move(self.chance.choice(CODES), self.chance.choice([None, "NS", "KM"]))

    def split_code(self):
        parts = [Code(id="X.NEW", name="X"), Code(id="Y.NEW", name="Y")]
        self.project.codebook.split(self.chance.choice(CODES), parts, keep=self.chance.random() < 0.5)

    def narrow_code(self):
        self.project.codebook.narrow(self.chance.choice(CODES), exclude=(f"{self.chance.randint(1, 9)}",))

    def widen_code(self):
        self.project.codebook.widen(self.chance.choice(CODES), include=(f"{self.chance.randint(1, 9)}",))

    def confirm(self):
        waiting = self.project.codebook.reread()
        one = self._one(waiting)
        other = self.chance.choice([None, *CODES])
        self.project.codebook.confirm([one.id], code=one.code, other=other)

    def merge_codes(self):
        self.project.codebook.merge(*self.chance.sample(CODES, 2), reason="they are one")

    def retire_code(self):
        self.project.codebook.retire(self.chance.choice(CODES))

    def import_file(self):
        name = f"note-{self.chance.randint(1, 2)}.txt"
        (self.folder / name).write_text(f"Field note.\n\n{name} speaks of trust.\n", encoding="utf-8")
        self.project.sources.import_paths([self.folder / name])

    def import_events(self):
        number = self.chance.randint(1, 2)
        event = {"id": f"V{number}", "title": "Met", "quote": "We met twice.", "process_codes": ["KM"]}
        event |= {"date": {"edtf": "2006", "basis": "explicit"}, "actors": ["a board"], "phase": "H1"}
        value = {"schema": "case-events/1", "source": {"file": "berit.txt"}, "events": [event]}
        value["actors"] = {"a board": {"type": "group"}}
        value["phases"] = [{"id": "H1", "name": "Beginning"}]
        file = self.folder / f"events-{number}.json"
        file.write_text(json.dumps(value), encoding="utf-8")
        self.project.events.import_file(file)

    def import_codebook(self):
        self.project.codebook.import_file("cop-leadership")

    def undo(self):
        self.project.journal.undo(self.chance.randint(1, 2))

    def redo(self):
        self.project.journal.redo(self.chance.randint(1, 2))
