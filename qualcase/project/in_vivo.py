"""The desk of in-vivo codes: codes that are called what people said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.codebook.changes import add_code
from qualcase.codebook.naming import make_code_id
from qualcase.codebook.tree import fold
from qualcase.codebook.versions import VersionEffect
from qualcase.coding.acts.in_vivo import code_in_vivo
from qualcase.model.code import Code
from qualcase.model.errors import UsageError
from qualcase.project.codebook_versions import Revision, next_version, write_version
from qualcase.project.codings import check_attributes
from qualcase.project.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.places import Place
    from qualcase.model.coding import Coding
    from qualcase.model.operation import Change
    from qualcase.model.source import Source

_LONGEST_NAME = 120


class InVivo(Desk):
    """Codes that are called what people said."""

    def code(
        self, source: Source, place: Place, under: str | None = None, *, memo: str | None = None
    ) -> tuple[Code, Coding]:
        """Make a code named after the words of one passage, under another code if given, and put it on them.

        Both are one act. UsageError where the passage is too long for a name, or a code is called so already.
        """
        with self._store.writing() as connection:
            text = self._project.sources.text(source)
            spans = place.spans(text, self._project.sources.turns(source))
            if len(spans) > 1:
                raise UsageError(f"A code is named after one passage, and these are {len(spans)}.")
            start, end = spans[0]
            parent = self._project.codebook.find(under) if under is not None else None
            old = self._project.codebook.home_of(parent) if parent else self._project.codebook.current()
            code = self._named(text[start:end], parent)
            new = next_version(connection, add_code(old, code))
            summary = f"Added {code.id} (“{code.name}”), the words of {source.handle} {start}:{end}"
            revision = Revision("add", summary, "", VersionEffect((code.id,)))
            changes = write_version(connection, old, new, revision).changes
            coding = {
                "source": source.uid,
                "text": self._project.sources.text_uid(source),
                "code": _uid_of(changes, code.id),
                "coder": self.coder_uid(),
                "codebook_version": new.version,
                "start": start,
                "end": end,
                **check_attributes(memo=memo),
            }
            operation = code_in_vivo(codebook=changes, coding=coding, summary=summary)
            self._commit(operation)
            (made,) = self._project.codings.read([operation.changes[-1].uid])
            return code, made

    def _named(self, words: str, parent: Code | None) -> Code:
        name = " ".join(words.split())
        if len(name) > _LONGEST_NAME:
            raise UsageError(
                f"{len(name)} characters are too many for the name of a code.", hint="Choose fewer words."
            )
        known = [code for other in self._project.codebook.all() for code in other.codes]
        if twin := next((code for code in known if fold(code.name) == fold(name)), None):
            hint = f"Put it on with: qualcase code SOURCE {twin.id}"
            raise UsageError(f"There is a code “{twin.name}” already.", hint=hint)
        kind = parent.kind if parent else "other"
        code_id = make_code_id(name, parent.id if parent else None, (code.id for code in known))
        if code_id is None:
            raise UsageError("There is no word in that passage to name a code after.")
        return Code(
            code_id, name, parent.id if parent else None, kind, definition=f"In their own words: “{name}”."
        )


def _uid_of(changes: Sequence[Change], code_id: str) -> str:
    made = (one for one in changes if one.record == "code" and one.before is None)
    return next(one.uid for one in made if (one.after or {}).get("handle") == code_id)
