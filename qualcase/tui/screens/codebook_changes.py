"""Changing the codebook: what is asked, what is shown before it is done, and the act itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.codebook.naming import make_code_id
from qualcase.model.code import CODE_KINDS, Code
from qualcase.reports.wording import plural
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.form import Field, FormScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.turning_back import redo_last, undo_last
from qualcase.tui.typing_ahead import READS

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.project.codebook_touch import Touched
    from qualcase.project.project import Project
    from qualcase.tui.screens.codebook import CodebookScreen

_TOP = " "
_WHY = Field("reason", "Why", about="For the history of the codebook; you may leave it empty.")
_SPLIT_PARTS = 4
_LEAST_PARTS = 2


class CodebookChanges:
    """Asks and does, on behalf of the codebook screen."""

    def __init__(self, screen: CodebookScreen) -> None:
        self._screen = screen
        self._bench = screen.bench

    def add(self, parent: str | None) -> None:
        """Ask for a new code below `parent` and add it."""
        kinds = {code.id: code.kind for code in self._screen.codes}
        under = f" below {self._bench.codes.name(parent)}" if parent else ""
        fields = (
            Field("name", "Name", needed=True, about="What it is called."),
            Field("definition", "Definition", about="What it means, in a sentence or two."),
            Field("kind", "Kind", kinds.get(parent or "", "other"), choices=CODE_KINDS),
            _WHY,
        )
        self._screen.pick(FormScreen(f"A new code{under}", fields), lambda given: self._add(parent, given))

    async def _add(self, parent: str | None, given: dict[str, str]) -> None:
        code_id = make_code_id(given["name"], parent, (code.id for code in self._screen.codes))
        if code_id is None:
            self._screen.say("A name needs at least one word.", warn=True)
            return
        made = Code(code_id, given["name"], parent, given["kind"] or "other", given["definition"])
        book = self._screen.bench.codes.codebook_of(parent) if parent else None
        await self._do(
            lambda project: project.codebook.add(made, reason=given["reason"], codebook=book),
            f"Added “{made.name}” as {made.id}.",
            made.id,
        )

    def rename(self, code: Code) -> None:
        """Ask for another name."""
        fields = (Field("name", "Name", code.name, needed=True), _WHY)
        self._screen.pick(FormScreen(f"Rename {code.id}", fields), lambda given: self._rename(code, given))

    async def _rename(self, code: Code, given: dict[str, str]) -> None:
        await self._do(
            lambda project: project.codebook.rename(code.id, given["name"], reason=given["reason"]),
            f"{code.id} is called “{given['name']}” now; its codings are as they were.",
        )

    async def redefine(self, code: Code, kind: str) -> None:
        """Ask what a code is to mean; show what that touches, where the meaning changes."""
        touched = await self._touched(code)
        if touched is None:
            return
        verb = {"edit": "Edit", "narrow": "Narrow", "widen": "Widen"}[kind]
        meaning = ("same", "other") if kind == "edit" else ("other",)
        fields = (
            Field("definition", "Definition", code.definition),
            Field("include", "Use it for", " | ".join(code.include), about="Several are set apart by |."),
            Field("exclude", "Not for", " | ".join(code.exclude), about="Several are set apart by |."),
            Field(
                "key_phrases",
                "Key phrases",
                " | ".join(code.key_phrases),
                about="Several are set apart by |.",
            ),
            Field("examples", "Examples", " | ".join(code.examples), about="Several are set apart by |."),
            Field(
                "meaning",
                "Meaning",
                meaning[0],
                about=f"“other” lists {_codings(touched)} to be read again; “same” is for better wording.",
                choices=meaning,
                needed=True,
            ),
            _WHY,
        )
        self._screen.pick(
            FormScreen(f"{verb} {code.id} {code.name}", fields),
            lambda given: self._redefine(code, kind, given),
        )

    async def _redefine(self, code: Code, kind: str, given: dict[str, str]) -> None:
        parts: dict[str, object] = {"definition": given["definition"]}
        for name in ("include", "exclude", "key_phrases", "examples"):
            parts[name] = tuple(item.strip() for item in given[name].split("|") if item.strip())
        parts = {name: value for name, value in parts.items() if value != getattr(code, name)}
        if not parts:
            self._screen.say("Nothing was changed.")
            return
        reason, same = given["reason"], given["meaning"] == "same"

        def act(project: Project) -> Code:
            if kind == "narrow":
                return project.codebook.narrow(code.id, reason=reason, **parts)
            if kind == "widen":
                return project.codebook.widen(code.id, reason=reason, **parts)
            return project.codebook.edit(code.id, reason=reason, same_meaning=same, **parts)

        await self._do(act, f"Changed {code.id}. y shows what is to be read again.")

    def move(self, code: Code) -> None:
        """Ask where to put a code."""
        book = self._bench.codes.codebook_of(code.id)
        below = self._below(code)
        entries = [Entry(_TOP, "at the top", "beside the topmost codes")]
        entries += [
            Entry(one.code.id, one.label, one.code.definition)
            for one in self._bench.codes.active
            if one.code.id not in below and self._bench.codes.codebook_of(one.code.id) == book
        ]
        screen = PickScreen(f"Put {code.id} {code.name} under", entries, "move")
        self._screen.pick(screen, lambda under: self.move_to(code, None if under == _TOP else under))

    async def move_to(self, code: Code, parent: str | None) -> None:
        """Put a code under another, or at the top."""
        under = f"under {self._bench.codes.name(parent)}" if parent else "at the top"
        await self._do(
            lambda project: project.codebook.move(code.id, parent), f"Moved {code.id} {under}.", code.id
        )

    async def move_onto(self, code: Code, onto: Code) -> None:
        """Move a code that was dragged onto another, once that was agreed to."""
        sentence = f"Put “{code.name}” under “{onto.name}”? Its codings stay as they are."
        screen = ConfirmScreen("Move a code", [sentence], "move it")
        self._screen.pick(screen, lambda _: self.move_to(code, onto.id))

    def merge(self, code: Code) -> None:
        """Ask into which code to merge, show what that touches, and do it."""
        book = self._bench.codes.codebook_of(code.id)
        entries = [
            Entry(one.code.id, one.label, one.code.definition)
            for one in self._bench.codes.active
            if one.code.id != code.id and self._bench.codes.codebook_of(one.code.id) == book
        ]
        screen = PickScreen(f"Merge {code.id} {code.name} into", entries, "go on")
        self._screen.pick(screen, lambda into: self._preview_merge(code, into), READS)

    async def _preview_merge(self, code: Code, into: str) -> None:
        touched = await self._touched(code, into)
        if touched is None:
            return
        lines = [
            f"{_codings(touched)} and {_count(touched.events, 'event')} move from {code.id} to {into}.",
            f"{code.id} “{code.name}” is retired: its name stays in the history.",
        ]
        if touched.shared:
            lines.append(
                f"{_count(touched.shared, 'coding')} stand there under {into} already and are not doubled."
            )
        lines += [f"{code.id} means: {code.definition or 'not said'}", ""]
        found = self._bench.codes.find(into)
        lines.append(f"{into} means: {(found.definition if found else '') or 'not said'}")
        screen = ConfirmScreen(f"Merge {code.id} into {into}", lines, "merge")
        self._screen.pick(screen, lambda _: self._merge(code, into))

    async def _merge(self, code: Code, into: str) -> None:
        done = f"Merged {code.id} into {into}. u takes it back."
        await self._do(lambda project: project.codebook.merge(code.id, into), done, into)

    async def split(self, code: Code) -> None:
        """Ask for the parts of a code, having said what that touches."""
        touched = await self._touched(code)
        if touched is None:
            return
        about = (
            f"{_codings(touched)} and {_count(touched.events, 'event')} stay with {code.id} "
            "until each is read again and given one of the parts."
        )
        parts = [
            Field(
                f"part{number}",
                f"Part {number}",
                needed=number <= _LEAST_PARTS,
                about="A name, then perhaps : and what it means.",
            )
            for number in range(1, _SPLIT_PARTS + 1)
        ]
        keep = Field("keep", f"Keep {code.id} in use beside them", "no", choices=("no", "yes"), needed=True)
        screen = FormScreen(f"Split {code.id} {code.name}", (*parts, keep, _WHY), about=about)
        self._screen.pick(screen, lambda given: self._split(code, given))

    async def _split(self, code: Code, given: dict[str, str]) -> None:
        taken = {one.id for one in self._screen.codes}
        parts: list[Code] = []
        for number in range(1, _SPLIT_PARTS + 1):
            name, _, meaning = given[f"part{number}"].partition(":")
            if part := make_code_id(name, code.parent, taken):
                taken.add(part)
                parts.append(Code(part, name.strip(), code.parent, code.kind, meaning.strip()))
        keep, reason = given["keep"] == "yes", given["reason"]
        await self._do(
            lambda project: project.codebook.split(code.id, parts, keep=keep, reason=reason),
            f"Split {code.id} into {len(parts)} parts. y shows what is to be read again.",
            code.id,
        )

    async def retire(self, code: Code) -> None:
        """Close a code, having said what rests on it."""
        touched = await self._touched(code)
        if touched is None:
            return
        lines = [f"{_codings(touched)} stay and are counted; nothing new can be coded {code.id}."]
        if touched.below:
            lines.append(f"Below it are {', '.join(touched.below)}.")
        screen = ConfirmScreen(f"Retire {code.id} {code.name}", lines, "retire")
        done = f"Retired {code.id}. u takes it back."
        self._screen.pick(
            screen, lambda _: self._do(lambda project: project.codebook.retire(code.id), done, code.id)
        )

    async def confirm_all(self, code: Code) -> None:
        """Note that whatever waits under a code was read again and holds, once that was agreed to."""
        waiting = await self._screen.read(lambda project: project.codebook.reread(code.id))
        if not waiting:
            self._screen.say(f"Nothing coded {code.id} waits to be read again.")
            return
        lines = [
            f"{_count(len(waiting), 'passage')} coded {code.id} were coded before its meaning changed.",
            "Say so only where you have read each of them again under the present definition:",
            code.definition or "(no definition)",
        ]
        screen = ConfirmScreen(f"All of {code.id} was read again and holds", lines, "confirm all")
        done = f"Confirmed {_count(len(waiting), 'passage')} of {code.id}. u takes it back."
        self._screen.pick(
            screen,
            lambda _: self._do(lambda project: project.codebook.confirm(all_of=code.id), done, code.id),
        )

    async def travel(self, *, back: bool) -> None:
        """Undo or redo the coder's last act, and say what it was."""
        await self._do(undo_last if back else redo_last, str)

    async def _do(
        self, act: Callable[[Project], object], done: str | Callable[[object], str], chosen: str | None = None
    ) -> None:
        result = await self._screen.act(act, done)
        await self._bench.refresh()
        await self._screen.show_again(chosen if result is not None else None)

    async def _touched(self, code: Code, other: str | None = None) -> Touched | None:
        return await self._screen.read(lambda project: project.codebook.touched(code.id, other))

    def _below(self, code: Code) -> set[str]:
        below = {code.id}
        for one in self._screen.codes:
            if one.parent in below:
                below.add(one.id)
        return below


def _codings(touched: Touched) -> str:
    if not touched.codings:
        return "No codings"
    by = f" by {', '.join(touched.coders)}" if touched.coders else ""
    return f"{_count(touched.codings, 'coding')}{by} in {_count(touched.sources, 'source')}"


def _count(number: int, what: str) -> str:
    return plural(number, what)
