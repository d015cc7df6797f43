"""The desk of codebooks: the codes, their changes, and what each change was for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcase.codebook import changes as codebook_acts
from qualcase.codebook.checks import check_codebook, refuse_broken
from qualcase.codebook.files import format_codebook, read_codebook_file
from qualcase.codebook.shipped import read_shipped, shipped_codebooks
from qualcase.codebook.tree import find_code, get_code
from qualcase.model.errors import AmbiguousNameError, ConflictError, UnknownNameError, UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation
from qualcase.project.codebook_records import (
    changes_between,
    new_codebook_changes,
    read_snapshot,
    snapshot,
)
from qualcase.project.desk import Desk
from qualcase.storage.reading.codes import (
    code_uids_of,
    codebook_uids,
    count_usage,
    list_codebooks,
    list_versions,
)
from qualcase.storage.reading.codings import CodingQuery, list_codings
from qualcase.storage.records import RECORDS, Names, read_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.codebook.checks import Finding
    from qualcase.model.code import Code, Codebook, Crosswalk


def load_codebook(name: str | Path) -> Codebook:
    """Return a codebook that ships with qualcase, by name, or one in a file, by path."""
    if str(name) in shipped_codebooks():
        return read_shipped(str(name))
    path = Path(name)
    if not path.exists():
        hint = f"Shipped codebooks: {', '.join(shipped_codebooks())}; or give a YAML or CSV file."
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
        """Return how many live codings each code has; codes never used are not in it."""
        with self._store.reading() as connection:
            return count_usage(connection)

    def crosswalks(self) -> tuple[Crosswalk, ...]:
        """Return every crosswalk between the project's codebooks."""
        return tuple(crosswalk for book in self.all() for crosswalk in book.crosswalks)

    def check(self) -> tuple[Finding, ...]:
        """Return what is wrong or doubtful in the codebooks."""
        return tuple(finding for book in self.all() for finding in check_codebook(book))

    def history(self) -> list[dict[str, Any]]:
        """Return every version of every codebook, oldest first: codebook, number, change, reason."""
        with self._store.reading() as connection:
            return list_versions(connection)

    def at_version(self, name: str, number: int) -> Codebook:
        """Return a codebook as it stood at a version."""
        for version in self.history():
            if version["codebook"] == name and version["number"] == number:
                return read_snapshot(version["content"])
        raise UnknownNameError("codebook version", f"{name} {number}")

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
            raise UsageError(
                f"These codes are in another codebook already: {', '.join(sorted(clashes)[:8])}."
            )
        changes = new_codebook_changes(book, position=len(taken))
        self._commit(Operation("codebook", f"Brought in the codebook {book.id}", tuple(changes)))
        return book

    def export_text(self, path: Path, name: str | None = None) -> str:
        """Return a codebook in the format that a file's name asks for."""
        return format_codebook(self._book(name), path)

    def add(self, code: Code, *, reason: str = "", codebook: str | None = None) -> Code:
        """Add a code."""
        self._change(codebook, lambda book: codebook_acts.add_code(book, code), f"Added {code.id}", reason)
        return self.find(code.id)

    def edit(self, code_id: str, *, reason: str = "", **parts: Any) -> Code:  # noqa: ANN401 - a code's own fields
        """Change a code's definition, rules, key phrases or examples."""
        code = self.find(code_id)
        change = lambda book: codebook_acts.redefine_code(book, code.id, **parts)  # noqa: E731 - one use
        self._change(self.home_of(code).id, change, f"Redefined {code.id}", reason)
        return self.find(code.id)

    def rename(self, code_id: str, name: str, *, reason: str = "") -> Code:
        """Give a code another name; its id stays."""
        code = self.find(code_id)
        change = lambda book: codebook_acts.rename_code(book, code.id, name)  # noqa: E731 - one use
        self._change(
            self.home_of(code).id, change, f"Renamed {code.id} from “{code.name}” to “{name}”", reason
        )
        return self.find(code.id)

    def move(self, code_id: str, parent: str | None, *, reason: str = "") -> Code:
        """Put a code under another, or at the top."""
        code = self.find(code_id)
        under = self.find(parent).id if parent else None
        change = lambda book: codebook_acts.move_code(book, code.id, under)  # noqa: E731 - one use
        self._change(self.home_of(code).id, change, f"Moved {code.id} to {under or 'the top'}", reason)
        return self.find(code.id)

    def merge(self, code_id: str, into: str, *, reason: str = "") -> Code:
        """Merge a code into another: its codings move over, and it is retired."""
        code, target = self.find(code_id), self.find(into)
        book = self.home_of(code)
        get_code(book, target.id)
        change = lambda held: codebook_acts.merge_codes(held, code.id, target.id)  # noqa: E731 - one use
        self._change(
            book.id, change, f"Merged {code.id} into {target.id}", reason, moving=(code.id, target.id)
        )
        return self.find(target.id)

    def retire(self, code_id: str, *, reason: str = "") -> Code:
        """Close a code to new codings; the old ones stay."""
        code = self.find(code_id)
        change = lambda book: codebook_acts.retire_code(book, code.id)  # noqa: E731 - one use
        self._change(self.home_of(code).id, change, f"Retired {code.id}", reason)
        return self.find(code.id)

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
        name: str | None,
        act: Callable[[Codebook], Codebook],
        summary: str,
        reason: str,
        moving: tuple[str, str] | None = None,
    ) -> None:
        old = self._book(name)
        new = act(old)
        others = {code.id for book in self.all() if book.id != old.id for code in book.codes}
        if clash := others & {code.id for code in new.codes}:
            raise ConflictError(f"The code {min(clash)} is in another codebook already.")
        with self._store.reading() as connection:
            uid = codebook_uids(connection)[old.id]
            codes = code_uids_of(connection, old.id)
        changes = changes_between(uid, old, new, codes)
        version = {
            "codebook": uid,
            "number": new.version,
            "change": summary,
            "reason": reason,
            "content": snapshot(new),
        }
        changes.append(Change("codebook_version", new_uid(), None, version))
        if moving:
            changes += self._moved_codings(*moving, version=new.version)
        self._commit(Operation("codebook", summary, tuple(changes), {"reason": reason} if reason else {}))

    def _moved_codings(self, code_id: str, into: str, *, version: int) -> Sequence[Change]:
        with self._store.reading() as connection:
            codings = list_codings(connection, CodingQuery(codes=(code_id,)))
            fields_of = read_fields(
                connection, RECORDS["coding"], Names(connection), [c.uid for c in codings]
            )
            target = code_uids_of(connection, self.home_of(self.find(into)).id)[into]
        return [
            Change(
                "coding",
                uid,
                {"code": held["code"], "codebook_version": held["codebook_version"]},
                {"code": target, "codebook_version": version},
            )
            for uid, held in fields_of.items()
        ]
