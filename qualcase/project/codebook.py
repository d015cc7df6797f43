"""The desk of codebooks: the codes, their changes, and what each change was for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcase.codebook import changes as codebook_acts
from qualcase.codebook.checks import check_codebook, check_crosswalk, refuse_broken
from qualcase.codebook.narration import joined, lives_of
from qualcase.codebook.tree import children, find_code, get_code
from qualcase.codebook.usage import check_use
from qualcase.codebook.versions import MIGRATIONS, READ_AGAIN, VersionEffect, means_otherwise
from qualcase.model.code import Codebook
from qualcase.model.errors import AmbiguousNameError, ConflictError, UnknownNameError, UsageError
from qualcase.model.operation import Operation
from qualcase.project.codebook_migration import merge_effect, reread_effect
from qualcase.project.codebook_records import new_codebook_changes, read_snapshot
from qualcase.project.codebook_rereading import changed_meanings, confirm, list_overdue, list_rereading
from qualcase.project.codebook_touch import find_touched
from qualcase.project.codebook_versions import Revision, as_of_version, next_version, write_version
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.independence import seen_usage, seen_uses
from qualcase.storage.reading.codes import list_codebooks
from qualcase.storage.reading.versions import list_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from qualcase.codebook.checks import Finding
    from qualcase.codebook.versions import CodebookVersion
    from qualcase.model.code import Code, Crosswalk
    from qualcase.model.operation import Change
    from qualcase.project.codebook_rereading import Confirmation
    from qualcase.project.codebook_touch import Touched
    from qualcase.triangulation.recode import Rereading

# The name under which a codebook without codes is asked for, by those who make them as they read.
NO_CODES = "none"


def load_codebook(name: str | Path) -> Codebook:
    """Return a codebook that ships with qualcase, by name, or one in a file, by path; `none` has no codes."""
    from qualcase.codebook.files import read_codebook_file  # noqa: PLC0415 - few acts read a file of codes
    from qualcase.codebook.shipped import read_shipped, shipped_codebooks  # noqa: PLC0415 - as above

    if str(name) == NO_CODES:
        return Codebook("own-codes", "Codes that come from the text", 1, ())
    if str(name) in shipped_codebooks():
        return read_shipped(str(name))
    path = Path(name)
    if not path.exists():
        hint = f"Shipped codebooks: {', '.join(shipped_codebooks())}; or give a file, or {NO_CODES}."
        raise UnknownNameError("codebook", str(name), hint=hint)
    book = read_codebook_file(path)
    refuse_broken(book)
    return book


def codebook_changes(book: Codebook, *, position: int) -> list[Change]:
    """Return the changes that bring a codebook into a project."""
    return new_codebook_changes(book, position=position)


class CodebookDesk(Desk):
    """The codes and their history."""

    def all(self) -> tuple[Codebook, ...]:
        """Return every codebook of the project, the first one first."""
        return self._store.recall("codebooks", ("codebook", "code"), list_codebooks)

    def current(self) -> Codebook:
        """Return the first codebook; UsageError where there is none."""
        books = self.all()
        if not books:
            raise UsageError("This project has no codebook.", hint="qualcase codebook import four-process")
        return books[0]

    def find(self, text: str) -> Code:
        """Return a code by its id, its name, or an unambiguous beginning of either, in any codebook."""
        books = self.all()
        for book in books:
            if exact := [code for code in book.codes if code.id.casefold() == text.casefold()]:
                return exact[0]
        found, fault = [], None
        for book in books:
            try:
                found.append(find_code(book, text))
            except UnknownNameError as error:
                fault = fault or error
        if len(found) > 1:
            raise AmbiguousNameError("code", text, (code.id for code in found))
        if not found:
            raise fault or UnknownNameError("code", text, hint="`qualcase codebook list` lists them.")
        return found[0]

    def home_of(self, code: Code) -> Codebook:
        """Return the codebook that a code is in."""
        return next(book for book in self.all() if any(item.id == code.id for item in book.codes))

    def version_of(self, code: Code) -> int:
        """Return the version of the codebook that a code is in."""
        return self.home_of(code).version

    def usage(self) -> dict[str, int]:
        """Return how many live codings each code has, of those that may be seen, where there are any."""
        return seen_usage(self._project)

    def crosswalks(self) -> tuple[Crosswalk, ...]:
        """Return every crosswalk between the project's codebooks."""
        return tuple(crosswalk for book in self.all() for crosswalk in book.crosswalks)

    def check(self) -> tuple[tuple[Codebook, Finding], ...]:
        """Return what is wrong or doubtful in the codebooks and in their use, each with its codebook."""
        books = self.all()
        uses, whole = seen_uses(self._project)
        return tuple(
            (book, finding)
            for book, findings in check_use(books, uses, "" if whole else " in the codings that are shown")
            for finding in (*check_codebook(book), *findings)
        )

    def history(self, code_id: str | None = None) -> tuple[CodebookVersion, ...]:
        """Return the versions of every codebook in order, or those in the life of one code."""
        versions = self._store.recall("versions", ("codebook", "codebook_version"), list_versions)
        if code_id is None:
            return versions
        code = self.find(code_id)
        home = self.home_of(code).id
        return lives_of((version for version in versions if version.codebook == home), code.id)

    def at_version(self, name: str, number: int) -> Codebook:
        """Return a codebook as it stood at a version."""
        for version in self.history():
            if version.codebook == name and version.number == number:
                return replace(read_snapshot(version.content), version=number)
        raise UnknownNameError("codebook version", f"{name} {number}")

    def as_of(self, wanted: str) -> AbstractContextManager[CodebookVersion]:
        """Let all desks read the project as it stood when a version was last in force, within a `with`.

        `wanted` is a number, of the first codebook, or a codebook's id and a number. Nothing may be written
        meanwhile.
        """
        return as_of_version(self._project, wanted)

    def touched(self, code_id: str, other: str | None = None) -> Touched:
        """Return what rests on a code, to be seen before it is changed; `other` is one to merge it into."""
        return find_touched(self._project, self.find(code_id), self.find(other) if other else None)

    def reread(self, code_id: str | None = None) -> tuple[Rereading, ...]:
        """Return the codings and events to be read again because what their code means has changed since."""
        return list_rereading(self._project, self.find(code_id) if code_id is not None else None)

    def confirm(
        self,
        names: Sequence[str] = (),
        *,
        all_of: str | None = None,
        code: str | None = None,
        other: str | None = None,
    ) -> Confirmation:
        """Note that codings and events were read again, and hold, or are given the `other` code, in one act.

        `names` are ids of codings and events, under one `code` where that is given; `all_of` takes all that
        wait under a code instead. Raises UsageError for what does not wait to be read again.
        """
        if bool(names) == (all_of is not None):
            raise UsageError("Say which codings or events were read again, or all of which code.")
        wanted = all_of if all_of is not None else code
        known = self.find(wanted) if wanted is not None else None
        target = self._active(other) if other is not None else None
        return confirm(self._project, names, code=known, whole=all_of is not None, other=target)

    def changed_meanings(self) -> dict[str, int]:
        """Return by code id the version in which what it means last changed."""
        return changed_meanings(self._project)

    def code_versions(self, codes: Iterable[str]) -> dict[str, int]:
        """Return for codes, by id, the version of the codebook that each is in."""
        wanted = set(codes)
        return {code.id: book.version for book in self.all() for code in book.codes if code.id in wanted}

    @one_transaction
    def import_file(self, name: str | Path) -> Codebook:
        """Bring in a codebook by its shipped name or from a file; a name that is taken is refused."""
        book = load_codebook(name)
        taken = {known.id for known in self.all()}
        if book.id in taken:
            raise UsageError(
                f"The project has a codebook “{book.id}” already.", hint="Give the new one another id."
            )
        clashes = {code.id for known in self.all() for code in known.codes} & {code.id for code in book.codes}
        if clashes:
            which = ", ".join(sorted(clashes)[:8])
            raise UsageError(f"These codes are in another codebook already: {which}.")
        changes = new_codebook_changes(book, position=len(taken))
        self._commit(Operation("codebook", f"Brought in the codebook {book.id}", tuple(changes)))
        return book

    def export_text(self, path: Path, name: str | None = None) -> str:
        """Return a codebook in the format that a file's name asks for."""
        from qualcase.codebook.files import format_codebook  # noqa: PLC0415 - few acts write such a file

        return format_codebook(self._book(name), path)

    def add(self, code: Code, *, reason: str = "", codebook: str | None = None) -> Code:
        """Add a code."""
        act = partial(codebook_acts.add_code, code=code)
        self._change(
            self._book(codebook),
            act,
            "add",
            f"Added {code.id} (“{code.name}”)",
            reason,
            VersionEffect((code.id,)),
        )
        return self.find(code.id)

    def edit(self, code_id: str, *, reason: str = "", same_meaning: bool = False, **parts: Any) -> Code:  # noqa: ANN401 - a code's own fields
        """Change a code's definition, rules, key phrases or examples.

        Where the definition or the rules change, what is coded so is to be read again, unless only the
        wording changes and the meaning is the same.
        """
        code = self.find(code_id)
        act = _redefining(code.id, parts)
        book = self.home_of(code)
        kind = "describe"
        if means_otherwise(code, get_code(act(book), code.id)):
            kind = "reword" if same_meaning else "redefine"
        verb = {"describe": "Described", "reword": "Reworded", "redefine": "Redefined"}[kind]
        self._change(book, act, kind, f"{verb} {code.id}", reason, VersionEffect((code.id,)))
        return self.find(code.id)

    def narrow(self, code_id: str, *, reason: str = "", **parts: Any) -> Code:  # noqa: ANN401 - a code's own fields
        """Let a code mean less than it did; what is coded so is to be read again."""
        return self._mean(code_id, "narrow", "Narrowed", reason, parts)

    def widen(self, code_id: str, *, reason: str = "", **parts: Any) -> Code:  # noqa: ANN401 - a code's own fields
        """Let a code mean more than it did; what is coded so is to be read again."""
        return self._mean(code_id, "widen", "Widened", reason, parts)

    def split(self, code_id: str, into: Sequence[Code], *, keep: bool = False, reason: str = "") -> Code:
        """Divide what a code means among others, new or in use; what is coded so is to be read again.

        The code is retired, its codings stay with it until each is read again; `keep` leaves it in use.
        """
        code = self.find(code_id)
        parts = tuple(self._part(part) for part in into)
        act = partial(codebook_acts.split_code, code_id=code.id, parts=parts, keep=keep)
        names = tuple(part.id for part in parts)
        summary = f"Split {code.id} into {joined((code.id, *names) if keep else names)}"
        self._change(self.home_of(code), act, "split", summary, reason, VersionEffect((code.id,), names))
        return self.find(code.id)

    def rename(self, code_id: str, name: str, *, reason: str = "") -> Code:
        """Give a code another name; its id stays."""
        code = self.find(code_id)
        act = partial(codebook_acts.rename_code, code_id=code.id, name=name)
        summary = f"Renamed {code.id} from “{code.name}” to “{name}”"
        self._change(self.home_of(code), act, "rename", summary, reason, VersionEffect((code.id,)))
        return self.find(code.id)

    def move(self, code_id: str, parent: str | None, *, reason: str = "") -> Code:
        """Put a code under another, or at the top."""
        code = self.find(code_id)
        new_parent = self.find(parent) if parent else None
        if new_parent is not None:
            _refuse_strangers(self.home_of(code), code, new_parent)
        under = new_parent.id if new_parent else None
        act = partial(codebook_acts.move_code, code_id=code.id, parent=under)
        into = (under,) if under else ()
        summary = f"Moved {code.id} to {under or 'the top'}"
        self._change(self.home_of(code), act, "move", summary, reason, VersionEffect((code.id,), into))
        return self.find(code.id)

    def merge(self, code_id: str, into: str, *, reason: str = "") -> Code:
        """Merge a code into another: its codings and events move over, and it is retired."""
        code, target = self.find(code_id), self.find(into)
        book = self.home_of(code)
        _refuse_strangers(book, code, target)
        act = partial(codebook_acts.merge_codes, code_id=code.id, into=target.id)
        below = [child.id for child in children(book, code.id)]
        taken = f", which takes over {joined(below)}" if below else ""
        summary = f"Merged {code.id} into {target.id}{taken}"
        self._change(book, act, "merge", summary, reason, VersionEffect((code.id,), (target.id,)))
        return self.find(target.id)

    def retire(self, code_id: str, *, reason: str = "") -> Code:
        """Close a code to new codings; the old ones stay."""
        code = self.find(code_id)
        act = partial(codebook_acts.retire_code, code_id=code.id)
        self._change(
            self.home_of(code), act, "retire", f"Retired {code.id}", reason, VersionEffect((code.id,))
        )
        return self.find(code.id)

    def set_crosswalk(self, crosswalk: Crosswalk, *, reason: str = "") -> Crosswalk:
        """Add a crosswalk between two codebooks of the project, or replace the one of its id.

        It is kept with the codebook that it was with, or with the one on its right.
        """
        left, right = self._book(crosswalk.left), self._book(crosswalk.right)
        for finding in check_crosswalk(crosswalk, left, right):
            raise UsageError(f"The crosswalk {crosswalk.id} does not fit: {finding.message}.")
        homes = (book for book in self.all() if any(one.id == crosswalk.id for one in book.crosswalks))
        act = partial(codebook_acts.set_crosswalk, crosswalk=crosswalk)
        summary = f"Laid down the crosswalk {crosswalk.id} between {left.id} and {right.id}"
        self._change(next(homes, right), act, "crosswalk", summary, reason, VersionEffect())
        return crosswalk

    def import_crosswalk(self, path: Path, *, reason: str = "") -> Crosswalk:
        """Bring in a crosswalk from a CSV file; one of the same id is replaced."""
        from qualcase.codebook.files import read_crosswalk_file  # noqa: PLC0415 - few acts read such a file

        return self.set_crosswalk(read_crosswalk_file(path), reason=reason)

    def drop_crosswalk(self, name: str, *, reason: str = "") -> Crosswalk:
        """Take a crosswalk out, and return what it was."""
        for book in self.all():
            for crosswalk in book.crosswalks:
                if crosswalk.id == name:
                    act = partial(codebook_acts.drop_crosswalk, name=name)
                    self._change(
                        book, act, "crosswalk", f"Took out the crosswalk {name}", reason, VersionEffect()
                    )
                    return crosswalk
        raise UnknownNameError("crosswalk", name, hint="`qualcase codebook crosswalk` lists them.")

    def _mean(self, code_id: str, kind: str, verb: str, reason: str, parts: dict[str, Any]) -> Code:
        code = self.find(code_id)
        act = _redefining(code.id, parts)
        book = self.home_of(code)
        if not means_otherwise(code, get_code(act(book), code.id)):
            hint = "Give a new definition, or what it includes or excludes."
            raise UsageError(f"What {code.id} means would stay the same.", hint=hint)
        self._change(book, act, kind, f"{verb} {code.id}", reason, VersionEffect((code.id,)))
        return self.find(code.id)

    def _part(self, part: Code) -> Code:
        """Return a code to split into: one in use under its own id, or the new one."""
        return next((code for book in self.all() for code in book.codes if code.id == part.id), part)

    def _active(self, name: str) -> Code:
        code = self.find(name)
        if code.status != "active":
            raise UsageError(f"The code {code.id} is {code.status} and takes no new codings.")
        return code

    def _book(self, name: str | None) -> Codebook:
        if name is None:
            return self.current()
        for book in self.all():
            if book.id == name:
                return book
        raise UnknownNameError(
            "codebook", name, hint=f"The codebooks: {', '.join(b.id for b in self.all())}."
        )

    def _change(
        self,
        old: Codebook,
        act: Callable[[Codebook], Codebook],
        kind: str,
        summary: str,
        reason: str,
        effect: VersionEffect,
    ) -> None:
        """Write a changed codebook down as its next version, with what that does to codings and events."""
        with self._store.writing() as connection:
            new = next_version(connection, act(old))
            others = {code.id for book in self.all() if book.id != old.id for code in book.codes}
            if clash := others & {code.id for code in new.codes}:
                raise ConflictError(f"The code {min(clash)} is in another codebook already.")
            moved: tuple[Change, ...] = ()
            if kind == "merge":
                changed, overdue = self.changed_meanings(), list_overdue(self._project, effect.codes[0])
                effect, moved = merge_effect(connection, effect, new.version, changed, overdue)
            elif MIGRATIONS[kind] == READ_AGAIN:
                effect = reread_effect(connection, effect)
            revision = Revision(kind, summary, " ".join(reason.split()), effect, moved)
            self._commit(write_version(connection, old, new, revision))


def _refuse_strangers(book: Codebook, code: Code, other: Code) -> None:
    if all(other.id != known.id for known in book.codes):
        hint = (
            "What answers to what in two codebooks is for a crosswalk: `qualcase codebook crosswalk --help`."
        )
        raise UsageError(f"The codes {code.id} and {other.id} are in different codebooks.", hint=hint)


def _redefining(code_id: str, parts: dict[str, Any]) -> Callable[[Codebook], Codebook]:
    return lambda book: codebook_acts.redefine_code(book, code_id, **parts)
