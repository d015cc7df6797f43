"""Asking on the passages screen: a code, a question, words, a question that was kept."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.dialogues.question import ask_question, ask_words
from qualcase.tui.passage_book import Asked
from qualcase.tui.screens.place import Place
from qualcase.tui.typing_ahead import READS

if TYPE_CHECKING:
    from qualcase.coding.queries.errors import BadQueryError
    from qualcase.model.retrieval import SavedQuestion
    from qualcase.tui.passage_book import PassageBook
    from qualcase.tui.workbench import Workbench


class PassageQuestions(Place):
    """What is asked, by which key; what comes of it is the screen's."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.book: PassageBook | None = None
        self._typed = {"question": "", "words": ""}

    @abstractmethod
    async def ask_for(self, asked: Asked, chosen: int = 0) -> None:
        """Show the passages of something."""

    def ask_better(self, asked: Asked, fault: BadQueryError) -> None:
        """Ask again what could not be understood, and show where."""
        self._ask(asked.kind, asked.text, fault)

    def action_ask(self) -> None:
        """Type a question."""
        last = self.book.asked.question if self.book is not None else ""
        self._ask("question", self._typed["question"] or last)

    def action_find_words(self) -> None:
        """Type words to look for."""
        self._ask("words", self._typed["words"])

    def action_choose_code(self) -> None:
        """Choose a code whose passages are shown."""
        entries = [
            Entry(
                one.code.id, f"{one.label}  ({self.bench.usage.get(one.code.id, 0):,})", one.code.definition
            )
            for one in self.bench.codes.active
        ]
        screen = PickScreen("The passages of which code?", entries, "show them")
        self.pick(screen, lambda code: self.ask_for(Asked("code", code)), READS)

    def action_turn_subtree(self) -> None:
        """Take the codes below in, or leave them out."""
        asked = self.book.asked if self.book is not None else None
        if asked is None or asked.kind != "code":
            self.say("Only the passages of one code are shown with or without the codes below it.")
            return
        self.say("Without the codes below it." if asked.subtree else "With the codes below it.")
        self.spawn(self.ask_for(Asked("code", asked.text, not asked.subtree)), READS)

    def action_choose_kept(self) -> None:
        """Choose a question that was kept."""
        self.spawn(self._choose_kept(), READS)

    async def _choose_kept(self) -> None:
        kept = await self.read(lambda project: project.queries.list())
        if kept is None:
            return
        if not kept:
            self.say("No question was kept yet: L keeps the one that is shown.")
            return
        by_name = {one.name: one.expression for one in kept}
        entries = [Entry(one.name, one.name, f"{one.expression} (kept by {one.coder})") for one in kept]
        self.pick(
            PickScreen("Ask which question?", entries, "ask it"),
            lambda name: self.ask_for(Asked("question", by_name[name], title=name)),
            READS,
        )

    def action_keep(self) -> None:
        """Keep the question that is shown under a name."""
        question = self.book.asked.question if self.book is not None else ""
        if not question:
            self.say("Only a question about codes can be kept: / asks one.")
            return
        keys = (("Enter", "keep"), ("Esc", "close"))
        name = self.book.asked.title if self.book is not None else ""
        screen = LineScreen(f"Keep “{question}” under which name?", name, "a name", *keys)
        self.pick(screen, lambda name: self._keep(name, question))

    async def _keep(self, name: str, question: str) -> None:
        await self.act(
            lambda project: project.queries.save(name, question),
            _kept,
        )

    async def action_ask_again(self) -> None:
        """Read what is shown anew."""
        if self.book is not None:
            self.spawn(self._ask_again(), READS)

    async def _ask_again(self) -> None:
        await self.bench.refresh()
        await self.read_again()
        self.say("Read anew.")

    def _ask(self, kind: str, last: str, fault: BadQueryError | None = None) -> None:
        screen = ask_words(last, fault) if kind == "words" else ask_question(last, fault)
        self.pick(screen, lambda typed: self._typed_in(kind, typed), READS)

    async def _typed_in(self, kind: str, typed: str) -> None:
        if typed.strip():
            self._typed[kind] = typed
            await self.ask_for(Asked(kind, typed.strip()))


def _kept(question: SavedQuestion) -> str:
    replaced = f" in place of {question.replaced.expression}" if question.replaced else ""
    return f"Kept as “{question.name}”{replaced}. l asks it again."
