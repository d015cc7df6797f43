"""Changing many passages at once: each act is one operation, previewed, and taken back by one undo."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.project.search import one_line
from qualcase.project.segment_report import FORMATS, format_segments
from qualcase.reports.wording import plural
from qualcase.tui.choices import code_entries
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.note import NoteScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.export import ask_file
from qualcase.tui.screens.place import Place
from qualcase.tui.turning_back import redo_last, undo_last
from qualcase.tui.typing_ahead import READS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from qualcase.model.coding import Coding
    from qualcase.project.project import Project
    from qualcase.tui.passage_book import PassageBook
    from qualcase.tui.widgets.passage_list import PassageList
    from qualcase.tui.workbench import Workbench

    Codings = tuple[Coding, ...]
    Work = Coroutine[object, object, None]

_QUOTED = 8
_ALL = "*"


class PassageActs(Place):
    """Marks, and the acts on what is marked or, where nothing is, on the chosen passage."""

    book: PassageBook | None

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._made = 0

    @property
    @abstractmethod
    def pane(self) -> PassageList:
        """The passages as they are shown."""

    @abstractmethod
    async def read_anew(self, *, whole: bool = True) -> None:
        """Ask the same again."""

    # Marking.

    def action_mark(self) -> None:
        """Mark the chosen passage, or not, and go on."""
        if self.book is not None and len(self.book):
            self.on_passage_list_marked()
            self.pane.choose(self.pane.chosen + 1)

    def on_passage_list_marked(self) -> None:
        """Mark the chosen passage, or not."""
        if self.book is not None and len(self.book):
            self.book.marked ^= {self.pane.chosen}
            self.pane.paint()
            self.show_status()

    def action_mark_group(self) -> None:
        """Mark the whole group, or all where there are none; where all of it is marked, mark none of it."""
        if self.book is None or not len(self.book):
            return
        place = self.book.group_at(self.pane.chosen)
        rows = set(range(len(self.book)))
        if place is not None:
            group = self.book.listing.groups[place]
            rows = set(range(group.first, group.first + group.count))
        if rows <= self.book.marked:
            self.book.marked -= rows
        else:
            self.book.marked |= rows
        self.pane.paint()
        self.show_status()

    def action_mark_none(self) -> None:
        """Mark none."""
        if self.book is not None:
            self.book.marked.clear()
            self.pane.paint()
            self.show_status()

    # Changing.

    def action_recode(self) -> None:
        """Give the passages another code."""
        self._with_codings("Recode", self._ask_code)

    def action_uncode(self) -> None:
        """Take the passages' codings away."""
        self._with_codings("Take away", self._ask_removal)

    def action_key(self) -> None:
        """Make the passages key quotations; where all of them are, make them none."""
        self._with_codings("", self._ask_key)

    def action_memo(self) -> None:
        """Write a memo on the passages."""
        self._with_codings("", self._ask_memo)

    def action_undo(self) -> None:
        """Take back the last act that was made here."""
        if self._made == 0:
            self.say("Nothing done here is left to take back; the log (g, then l) reaches further.")
        else:
            self.spawn(self._travel(-1))

    def action_redo(self) -> None:
        """Do it again."""
        self.spawn(self._travel(1))

    def _with_codings(self, verb: str, then: Callable[[Codings], None]) -> None:
        """Go on with the codings of what is marked; with a verb, ask which where they have several codes."""
        if self.book is None or not len(self.book):
            self.say("There is no passage here to change.")
        else:
            self.spawn(self._read_codings(self.book, verb, then), READS)

    async def _read_codings(self, book: PassageBook, verb: str, then: Callable[[Codings], None]) -> None:
        rows = sorted(book.marked) or [self.pane.chosen]
        codings = await self.read(lambda project: project.codings.read(book.listing.uids(rows)))
        if codings is None:
            return
        if not codings:
            self.say("Nothing is coded on this passage: Enter goes to where it stands, to code it there.")
            return
        counts = Counter(one.code for one in codings)
        if not verb or len(counts) == 1:
            then(codings)
            return
        entries = [Entry(_ALL, f"all {len(codings):,} codings", "whatever their code")]
        entries += [
            Entry(code, f"{code}  {self.bench.codes.name(code)}  ({n:,})") for code, n in counts.items()
        ]

        def narrow(code: str | None) -> None:
            if code is not None:
                then(tuple(one for one in codings if code in {_ALL, one.code}))

        self.app.push_screen(PickScreen(f"{verb} which codings?", entries, "those"), narrow)

    def _ask_code(self, codings: Codings) -> None:
        screen = PickScreen(f"Which code for {_many(codings)}?", code_entries(self.bench), "recode")
        self.pick(screen, lambda code: self._preview_recode(codings, code))

    async def _preview_recode(self, codings: Codings, code: str) -> None:
        name = f"{code} {self.bench.codes.name(code)}"
        others = tuple(one for one in codings if one.code != code)

        async def recode() -> None:
            uids = [one.uid for one in codings]
            await self._change(
                lambda project: project.codings.recode(uids, code), f"Recoded {_many(others)} to “{name}”."
            )

        whose = _whose(others, self.bench.coder)
        if (len(codings) == 1 and not whose) or not others:
            await recode()
            return
        same = len(codings) - len(others)
        stay = [f"{same} of them are coded so already and stay as they are."] if same else []
        head = f"{_many(others)} {_of_codes(others)} will be coded {name}."
        self._confirm("Recode", [head, *stay, *whose], others, recode)

    def _ask_removal(self, codings: Codings) -> None:
        async def remove() -> None:
            uids = [one.uid for one in codings]
            await self._change(
                lambda project: project.codings.remove(uids),
                f"Took {_many(codings)} {_of_codes(codings)} away.",
            )

        whose = _whose(codings, self.bench.coder)
        if len(codings) == 1 and not whose:
            self.spawn(remove())
            return
        head = f"{_many(codings)} {_of_codes(codings)} will be taken away. The texts stay as they are."
        self._confirm("Take away", [head, *whose], codings, remove)

    def _ask_key(self, codings: Codings) -> None:
        if whose := _whose(codings, self.bench.coder):
            self._confirm("Key quotations", whose, codings, lambda: self._key(codings))
        else:
            self.spawn(self._key(codings))

    async def _key(self, codings: Codings) -> None:
        uids, key = [one.uid for one in codings], not all(one.key for one in codings)
        said = "key quotations now" if key else "key quotations no longer"
        await self._change(
            lambda project: project.codings.describe(uids, key=key), f"{_many(codings).capitalize()}: {said}."
        )

    def _ask_memo(self, codings: Codings) -> None:
        memos = {one.memo for one in codings}
        before = (memos.pop() or "") if len(memos) == 1 else ""
        there = sum(bool(one.memo) for one in codings)
        about = [f"It takes the place of {there} other memos."] if there and not before else []
        about += _whose(codings, self.bench.coder)
        screen = NoteScreen(f"Memo on {_many(codings)}", before, about=" ".join(about))
        self.pick(screen, lambda text: self._memo(codings, text))

    async def _memo(self, codings: Codings, text: str) -> None:
        uids, words = [one.uid for one in codings], text.strip()
        await self._change(
            lambda project: project.codings.describe(uids, memo=words or None),
            f"Wrote a memo on {_many(codings)}." if words else f"Took the memo off {_many(codings)}.",
        )

    def _confirm(self, title: str, said: Sequence[str], codings: Codings, then: Callable[[], Work]) -> None:
        lines = [*said, ""]
        lines += [
            f"{one.source} {one.code}  “{one_line(one.quote).strip()[:160]}”" for one in codings[:_QUOTED]
        ]
        if len(codings) > _QUOTED:
            lines.append(f"and {len(codings) - _QUOTED:,} more")
        screen = ConfirmScreen(f"{title} {_many(codings)}?", lines, "do it, as one act")
        self.pick(screen, lambda _: then())

    async def _change(self, job: Callable[[Project], object], said: str) -> None:
        self._made += 1
        self.say("Saving …")
        done = await self.act(job, f"{said} u takes it back.")
        if done is None:
            self._made -= 1
            return
        await self._after()

    async def _travel(self, by: int) -> None:
        def step(project: Project) -> str:
            return undo_last(project) if by < 0 else redo_last(project)

        if await self.act(step, str) is not None:
            self._made += by
            await self._after()

    async def _after(self) -> None:
        sentence = self._message
        await self.bench.refresh()
        await self.read_anew(whole=False)
        self.say(sentence[0], warn=sentence[1])

    # Writing out.

    def action_export(self) -> None:
        """Write what is shown into a file."""
        if self.book is None or not len(self.book):
            self.say("There are no passages to write out.")
            return
        book = self.book

        def content(project: Project, path: Path) -> bytes:
            format_ = path.suffix.lower().removeprefix(".")
            page = format_segments(
                project,
                book.listing,
                format_,
                by=book.by,
                context=book.context,
                question=book.asked.shown,
                notes=book.notes,
            )
            return page.encode()

        def written(path: Path) -> str:
            self.bench.place["passages_file"] = str(path)
            return f"Wrote {plural(len(book), 'passage')} into {path}."

        last = Path(self.bench.place.get("passages_file", "passages.md"))
        ask_file(self, last, tuple(f".{one}" for one in FORMATS), content, written)


def _many(codings: Sequence[Coding]) -> str:
    return plural(len(codings), "coding")


def _of_codes(codings: Sequence[Coding]) -> str:
    counts = Counter(one.code for one in codings)
    if len(counts) == 1:
        return f"of {next(iter(counts))}"
    return f"({', '.join(f'{code} {n:,}' for code, n in counts.most_common(_QUOTED))})"


def _whose(codings: Sequence[Coding], coder: str) -> list[str]:
    others = Counter(one.coder for one in codings if one.coder != coder)
    return [f"Not yours: {', '.join(f'{n:,} by {name}' for name, n in others.items())}."] if others else []
