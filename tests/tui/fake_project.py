"""A project in memory with the desks that the terminal interface uses: for tests of the interface alone."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from qualcase.coding.errors import NothingToUndoError
from qualcase.model.code import Code, Codebook
from qualcase.model.coding import Coding, Memo, Reason, Suggestion
from qualcase.model.errors import UsageError
from qualcase.model.operation import Change, LoggedOperation
from qualcase.model.source import Block, Source, Turn
from qualcase.text.sentences import split_sentences
from qualcase.text.words import count_words

CODES = (
    Code("KM", "Knowledge mobility", kind="process", definition="How knowledge moves between partners."),
    Code("KM.TRUST", "Trust building", parent="KM", definition="Acts that make partners rely on each other."),
    Code("KM.ABSORB", "Absorptive capacity", parent="KM", definition="Being able to use what others know."),
    Code("NS", "Network stability", kind="process", definition="What keeps the network together."),
    Code("NS.THREAT", "Threat to stability", parent="NS", definition="What pulls partners away."),
    Code("NS.OLD", "An old code", parent="NS", status="retired"),
    Code("IA", "Innovation appropriability", kind="process", definition="Who earns from what is made."),
)
_LABEL = re.compile(r"(?m)^([A-Z][a-z]+(?: [A-Z][a-z]+)?): ")


def make_source(number: int, text: str, *, name: str | None = None) -> tuple[Source, str]:
    turns = read_turns(text)
    named = sorted({turn.speaker for turn in turns if turn.speaker})
    speakers = tuple((who, sum(turn.speaker == who for turn in turns)) for who in named)
    source = Source(
        f"source{number:020}", f"S{number}", name or f"interview-{number}.txt", "", "interview", "txt",
        "utf-8", "en", "0" * 64, count_words(text), len(text), len(turns), speakers, ("demo",),
        date=f"2008-0{number % 9 + 1}",
    )  # fmt: skip
    return source, text


def read_turns(text: str) -> tuple[Turn, ...]:
    labels = list(_LABEL.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    spans = [
        (label.end(), max(label.end(), len(text[:end].rstrip())), label[1])
        for label, end in zip(labels, ends, strict=False)
    ]
    return tuple(Turn(start, end, speaker) for start, end, speaker in spans)


@dataclass
class FakeProject:
    """`fail_with` makes the next write fail; `gate`, cleared, holds writes back; `threads` called."""

    texts: list[tuple[Source, str]]
    coder: str = "Anna"
    mode: str = "codebook"
    hidden: str = ""
    path: Path = Path("/study.qualcase")
    written_elsewhere: int = 0
    fail_with: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    threads: set[int] = field(default_factory=set)
    live: dict[str, Coding] = field(default_factory=dict)
    done: list[tuple[str, dict[str, Coding], set[str]]] = field(default_factory=list)
    undone: list[tuple[str, dict[str, Coding], set[str]]] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    numbers: count = field(default_factory=count)
    added: list[Code] = field(default_factory=list)
    notes: list[Memo] = field(default_factory=list)
    changed: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    busy: bool = False

    def __post_init__(self) -> None:
        self.gate.set()
        self.sources = FakeSources(self)
        self.codebook = FakeCodebook(self)
        self.codings = FakeCodings(self)
        self.suggestions = FakeSuggestions(self)
        self.journal = FakeJournal(self)
        self.memos = FakeMemos(self)
        self.rounds = FakeRounds(self)
        self.in_vivo = FakeInVivo(self)

    @property
    def name(self) -> str:
        self.called()
        return "demo"

    def foreign_writes(self) -> int:
        return self.written_elsewhere

    def called(self) -> None:
        assert not self.busy, "two calls overlapped"
        self.threads.add(threading.get_ident())

    def write(self, summary: str) -> None:
        self.called()
        self.busy = True
        assert self.gate.wait(30)
        self.busy = False
        if self.fail_with:
            fault, self.fail_with = self.fail_with, None
            raise fault
        self.done.append((summary, dict(self.live), set(self.settled)))
        self.undone.clear()

    def make(self, source: Source, code: str, start: int, end: int, coder: str = "") -> Coding:
        quote, coder = self.text(source)[start:end], coder or self.coder
        coding = Coding(
            f"coding{next(self.numbers):020}", source.handle, start, end, quote, code, coder, coder
        )
        self.live[coding.uid] = coding
        return coding

    def text(self, source: Source) -> str:
        return next(text for other, text in self.texts if other.uid == source.uid)

    def change(self, uid: str, summary: str, **fields: object) -> Coding:
        self.write(summary)
        self.live[uid] = replace(self.live[uid], **fields)
        return self.live[uid]


@dataclass
class Desk:
    project: FakeProject


class FakeSources(Desk):
    def list(self):
        self.project.called()
        return tuple(source for source, _ in self.project.texts)

    def text(self, source):
        self.project.called()
        return self.project.text(source)

    def turns(self, source):
        return read_turns(self.text(source))

    def blocks(self, source):
        return tuple(Block(match.start(), match.end()) for match in re.finditer(r"[^\n]+", self.text(source)))

    def sentences(self, source):
        text = self.text(source)
        return split_sentences(text, self.turns(source) or self.blocks(source))

    def mark_done(self, source):
        return self._mark(source, (self.project.coder,))

    def reopen(self, source):
        return self._mark(source, ())

    def _mark(self, source, done):
        self.project.write(f"marked {source.handle}")
        texts = self.project.texts
        place = next(place for place, (one, _) in enumerate(texts) if one.uid == source.uid)
        texts[place] = replace(texts[place][0], done=done), texts[place][1]
        return texts[place][0]


class FakeCodebook(Desk):
    def all(self):
        self.project.called()
        return (Codebook("fake", "A codebook", 1, (*CODES, *self.project.added)),)

    def usage(self):
        self.project.called()
        return dict(Counter(coding.code for coding in self.project.live.values()))


class FakeCodings(Desk):
    def add(self, source, code_id, place):
        self.project.write(f"coded {source.handle} as {code_id}")
        text = self.project.text(source)
        return tuple(self.project.make(source, code_id, start, end) for start, end in place.spans(text, ()))

    def remove(self, uid):
        self.project.write("took a coding away")
        return self.project.live.pop(uid)

    def resize(self, uid, start, end):
        source = next(one for one, _ in self.project.texts if one.handle == self.project.live[uid].source)
        quote = self.project.text(source)[start:end]
        return self.project.change(uid, "resized a coding", start=start, end=end, quote=quote)

    def recode(self, uid, code_id):
        return self.project.change(uid, "recoded a coding", code=code_id)

    def describe(self, uid, **attributes):
        return self.project.change(uid, "described a coding", **attributes)

    def read(self, uids):
        self.project.called()
        return tuple(self.project.live[uid] for uid in uids if uid in self.project.live)

    def in_source(self, source, coder=None):
        self.project.called()
        found = [one for one in self.project.live.values() if one.source == source.handle]
        return tuple(one for one in found if coder in {None, one.coder})


class FakeSuggestions(Desk):
    def propose(self, source):
        self.project.called()
        found = enumerate(re.finditer(r"\btrust\b", self.project.text(source), re.IGNORECASE))
        proposals = [
            Suggestion(
                f"{source.handle}-{place}",
                source.handle,
                match.start(),
                match.end(),
                match[0],
                "KM.TRUST",
                None,
                "phrase",
                (Reason("phrase", match[0]), Reason("codebook", "key phrase “trust”")),
            )
            for place, match in found
        ]
        return tuple(one for one in proposals if one.uid not in self.project.settled)

    def propose_parts(self, source, own=None):
        yield ()
        for one in self.propose(source):
            yield (one,)

    def accept(self, uid):
        suggestion = self._find(uid)
        self.project.write(f"accepted a suggestion of {suggestion.code}")
        self.project.settled.add(uid)
        source = next(source for source, _ in self.project.texts if source.handle == suggestion.source)
        coding = self.project.make(source, suggestion.code, suggestion.start, suggestion.end)
        self.project.live[coding.uid] = replace(coding, origin="suggestion")
        return self.project.live[coding.uid]

    def reject(self, uid):
        self._find(uid)
        self.project.write("rejected a suggestion")
        self.project.settled.add(uid)

    def _find(self, uid):
        return next(one for source, _ in self.project.texts for one in self.propose(source) if one.uid == uid)


class FakeMemos(Desk):
    def list(self):
        self.project.called()
        return tuple(self.project.notes)

    def add(self, text, kind="analytic", about=None, place=None):
        self.project.write("wrote a memo")
        memo = Memo(f"memo{len(self.project.notes):022}", text, self.project.coder, kind, about)
        if place is not None:
            source = next(one for one, _ in self.project.texts if one.handle == about[1])
            [(start, end)] = place.spans(self.project.text(source), ())
            quote = self.project.text(source)[start:end]
            about = ("passage", f"{source.handle} {start}:{end}")
            place = {"source": source.handle, "start": start, "end": end, "quote": quote, "state": "placed"}
            memo = replace(memo, about=about, **place)
        self.project.notes.append(memo)
        return memo


class FakeRounds(Desk):
    def hidden(self):
        return self.project.hidden

    def others_in(self, source):
        self.project.called()
        if self.project.mode == "coding-reliability" and self.project.coder not in source.done:
            raise UsageError("Coders work independently here: mark S1 as coded through to see the others'.")
        found = [one for one in self.project.live.values() if one.source == source.handle]
        return tuple(one for one in found if one.coder != self.project.coder), ()


class FakeInVivo(Desk):
    def code(self, source, place, under=None):
        self.project.write("made a code of words")
        [(start, end)] = place.spans(self.project.text(source), ())
        words = " ".join(self.project.text(source)[start:end].split())
        code = Code(words.upper(), words, parent=under)
        self.project.added.append(code)
        return code, self.project.make(source, code.id, start, end)


class FakeJournal(Desk):
    """An act is known by how the codings and the answered suggestions differ before and after it."""

    def undo(self, n=1):
        assert n == 1
        return self._travel(self.project.done, self.project.undone, "There is nothing to take back.")

    def redo(self, n=1):
        assert n == 1
        return self._travel(self.project.undone, self.project.done, "There is nothing to do again.")

    def changes(self, name):
        self.project.called()
        return self.project.changed[name]

    def tell(self, operations):
        return "; ".join(one.summary for one in operations)

    def _travel(self, here, there, nothing):
        self.project.called()
        if not here:
            raise NothingToUndoError(nothing)
        summary, live, settled = here.pop()
        there.append((summary, dict(self.project.live), set(self.project.settled)))
        name = f"op{next(self.project.numbers)}"
        self.project.changed[name] = tuple(self._differing(live, settled))
        self.project.live, self.project.settled = dict(live), set(settled)
        return (LoggedOperation(1, name, "code", summary, "Anna", "2026-01-01T00:00:00Z", 1, "", (), 1),)

    def _differing(self, live, settled):
        now = self.project.live
        for uid in {*(live.keys() ^ now.keys()), *(uid for uid in live if now.get(uid) is not live[uid])}:
            yield Change("coding", uid, {}, {})
        differing, self.project.settled = settled ^ self.project.settled, set()
        for source, _ in self.project.texts:
            for one in self.project.suggestions.propose(source):
                if one.uid in differing:
                    yield Change("suggestion_decision", one.uid, None, {"start": one.start, "end": one.end})
