"""Who sees whose codings: where coders work independently, each sees their own until both are through.

One coder sees another's codings in a source once both have marked it as coded through. Who has coded nothing
here, as a lead may, sees them once two or more have coded there and all of them are through: one's alone
would be shown to a second coder who has yet to begin. That keeps honest people blind; the file itself is open
to whoever reads it with other tools.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields, replace
from itertools import compress
from typing import TYPE_CHECKING

from qualcase.model.coding import PASSAGE
from qualcase.storage.people import coders_by_source, owners_of
from qualcase.storage.reading.codes import count_usage, count_usage_by_coder
from qualcase.storage.reading.sources import list_sources
from qualcase.storage.reading.uses import read_uses
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qualcase.codebook.usage import Use
    from qualcase.coding.frame import CodedData, CodingColumns
    from qualcase.model.coding import Coding, Memo
    from qualcase.model.operation import Change, LoggedOperation
    from qualcase.model.source import Source
    from qualcase.project.project import Project

INDEPENDENT = "coding-reliability"
_PAIR = 2
_WHY = "coders work independently here"
# Records that tell how a person has coded, and the words by which a sentence speaks of them.
_PERSONAL = ("coding", "memo", "suggestion_decision")
_PERSONAL_WORDS = re.compile(r"\b(coding|memo|decision)", re.IGNORECASE)
HIDDEN_CODINGS = (
    "Codings of others are not shown yet: coders work independently here, and see each other’s in a source "
    "once each has marked it as coded through."
)
HIDDEN = "An act on codings, not shown: coders work independently here"
# What an act of these kinds says, or does, would tell what was coded, where, or how.
_TELLING = frozenset(
    {
        "code", "code-many", "confirm", "decide", "describe", "in-vivo", "memo", "recode", "redo", "resize",
        "review", "uncode", "undo",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """What a coder may see: by source handle, the folded names of those whose codings are open there.

    `coded` has, by source handle, the folded names of all who have codings in it.
    """

    coder: str
    open: Mapping[str, frozenset[str]]
    coded: Mapping[str, frozenset[str]]

    def sees(self, handle: str, coder: str) -> bool:
        """Whether a coder's codings in a source may be seen."""
        folded = fold_name(coder)
        return folded == self.coder or folded in self.open.get(handle, ())

    def sees_layer(self, handle: str, coder: str, layer: str | None) -> bool:
        """Whether codings may be seen that are a coder's own, or what was decided together."""
        return layer == "consensus" or self.sees(handle, coder)

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing that may not be seen."""
        return all(self.sees(handle, name) for handle, names in self.coded.items() for name in names)

    def sees_all_of(self, coder: str) -> bool:
        """Whether a coder's codings may be seen in every source."""
        return all(self.sees(handle, coder) for handle in self.open)


def sight_of(project: Project) -> Sight | None:
    """Return what the acting coder may see; None where that is everything."""
    if project.mode != INDEPENDENT:
        return None
    with project.store.reading() as connection:
        return _sight_among(project, list_sources(connection))


def _sight_among(project: Project, sources: Sequence[Source]) -> Sight:
    mine = fold_name(project.coder)
    with project.store.reading() as connection:
        by_source = coders_by_source(connection)
    coded = {handle: frozenset(map(fold_name, names)) for handle, names in by_source.items()}
    codes = any(mine in names for names in coded.values())
    opened: dict[str, frozenset[str]] = {}
    for source in sources:
        done, here = frozenset(map(fold_name, source.done)), coded.get(source.handle, frozenset())
        may_see = mine in done or (not codes and len(here) >= _PAIR and here <= done)
        opened[source.handle] = done if may_see else frozenset()
    return Sight(mine, opened, coded)


def told_hidden(project: Project) -> str | None:
    """Return the sentence that says that codings are not shown, and when they will be; None where all are."""
    sight = sight_of(project)
    if sight is None or sight.is_whole:
        return None
    return f"{HIDDEN_CODINGS.removesuffix('.')} (qualcase source done)."


def seen_codings(project: Project, codings: Iterable[Coding]) -> tuple[Coding, ...]:
    """Return those of some codings that the acting coder may see; what was decided together is for all."""
    sight = sight_of(project)
    if sight is None:
        return tuple(codings)
    return tuple(one for one in codings if sight.sees_layer(one.source, one.coder, one.layer))


def seen_usage(project: Project, *, in_review: bool = False) -> dict[str, int]:
    """Return how many live codings, or of those in review, each code has that the acting coder may see."""
    sight = sight_of(project)
    with project.store.reading() as connection:
        if not in_review and (sight is None or sight.is_whole):
            return count_usage(connection)
        usage: Counter[str] = Counter()
        for code, source, coder, layer, many in count_usage_by_coder(connection, in_review=in_review):
            if sight is None or sight.sees_layer(source, coder, layer):
                usage[code] += many
    return dict(usage)


def seen_sources(project: Project, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return sources with only those codings counted that the acting coder may see."""
    if project.mode != INDEPENDENT:
        return sources
    sight = _sight_among(project, sources)
    if sight.is_whole:
        return sources
    seen: Counter[str] = Counter()
    with project.store.reading() as connection:
        for _, source, coder, layer, many in count_usage_by_coder(connection):
            if sight.sees_layer(source, coder, layer):
                seen[source] += many
    return tuple(replace(source, codings=seen[source.handle]) for source in sources)


def seen_uses(project: Project) -> tuple[list[Use], bool]:
    """Return where codes were used, as far as the acting coder may see it, and whether that is everywhere."""
    sight = sight_of(project)
    whole = sight is None or sight.is_whole
    with project.store.reading() as connection:
        return list(read_uses(connection, None if sight is None or whole else sight.sees_layer)), whole


def seen_acts(project: Project, acts: Iterable[LoggedOperation]) -> tuple[LoggedOperation, ...]:
    """Return acts, those on codings that the acting coder may not see without what they say."""
    sight = sight_of(project)
    if sight is None:
        return tuple(acts)
    return tuple(
        replace(one, summary=HIDDEN) if is_hidden(sight, one.kind, one.coder) else one for one in acts
    )


def is_hidden(sight: Sight, kind: str, coder: str) -> bool:
    """Whether what an act of a coder did is not to be seen."""
    return kind in _TELLING and not sight.sees_all_of(coder)


def seen_changes(project: Project, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes without those of others' codings, and of what comes with them, that may not be seen.

    An act of one's own may move them along, as the correction of a text does.
    """
    sight = sight_of(project)
    if sight is None:
        return tuple(changes)
    uids = {record: [one.uid for one in changes if one.record == record] for record in _PERSONAL}
    with project.store.reading() as connection:
        owners = {record: owners_of(connection, record, uids[record]) for record in _PERSONAL}
        about = [row[3] for row in owners["memo"].values() if row[2] == "coding" and row[3]]
        marked = owners_of(connection, "coding", about)
    handles = {source.uid: source.handle for source in project.sources.list()}

    def is_seen(change: Change) -> bool:
        owner = owners.get(change.record, {}).get(change.uid)
        if owner is None:
            return change.record not in _PERSONAL
        handle, coder, kind, uid = owner
        if fold_name(coder) == sight.coder:
            return True
        if kind == "coding":
            handle, coder, *_ = marked.get(uid or "", (None, coder))
        elif kind == "source":
            handle = handles.get(uid or "")
        elif change.record == "memo" and kind != PASSAGE:
            return True
        return sight.sees(handle or "", coder)

    return tuple(filter(is_seen, changes))


def seen_problems(project: Project, problems: Sequence[str]) -> tuple[str, ...]:
    """Return what a check found, without the sentences that would tell of others' codings or memos."""
    if told_hidden(project) is None:
        return tuple(problems)
    said = [problem for problem in problems if not _PERSONAL_WORDS.search(problem)]
    left = len(problems) - len(said)
    if left:
        said.append(f"{left} thing{'s' if left > 1 else ''} about codings or memos, not told: {_WHY}")
    return tuple(said)


def seen_memos(project: Project, memos: Iterable[Memo]) -> tuple[Memo, ...]:
    """Return memos, as stored, without those of others on sources, passages, codings that may not be seen."""
    sight = sight_of(project)
    if sight is None:
        return tuple(memos)
    memos = tuple(memos)
    handles = {source.uid: source.handle for source in project.sources.list()}
    wanted = {memo.about[1] for memo in memos if memo.about and memo.about[0] == "coding"}
    seen = {coding.uid for coding in project.codings.read(tuple(wanted))}

    def is_seen(memo: Memo) -> bool:
        kind, uid = memo.about or ("", "")
        if fold_name(memo.coder) == sight.coder or kind not in {"source", PASSAGE, "coding"}:
            return True
        return uid in seen if kind == "coding" else sight.sees(handles.get(uid, ""), memo.coder)

    return tuple(filter(is_seen, memos))


def seen_data(project: Project, data: CodedData) -> CodedData:
    """Return coded data without the codings that the acting coder may not see; its filters count them."""
    sight = sight_of(project)
    if sight is None or not len(data.codings.source):
        return data
    import numpy as np  # noqa: PLC0415 - acts and lists do without it

    table = [[sight.sees(source.handle, name) for name in data.coders] for source in data.sources]
    seen = np.array(table, dtype=np.bool_)
    keep = seen[data.codings.source, data.codings.coder]
    left_out = int(len(keep) - keep.sum())
    if not left_out:
        return data
    said = f"without {left_out:,} coding{'' if left_out == 1 else 's'} of others: coders work independently"
    return replace(data, codings=_kept(data.codings, keep), filters=(*data.filters, said))


def _kept(columns: CodingColumns, keep: NDArray[np.bool_]) -> CodingColumns:
    """Return some rows of the columns, their pairs with cases renumbered."""
    import numpy as np  # noqa: PLC0415 - as above

    pairs = keep[columns.case_coding]
    rows = {
        one.name: getattr(columns, one.name)[keep]
        for one in fields(columns)
        if one.name not in {"uid", "case_coding", "case_case"}
    }
    return replace(
        columns,
        **rows,
        uid=tuple(compress(columns.uid, keep.tolist())),
        case_coding=(np.cumsum(keep) - 1)[columns.case_coding[pairs]],
        case_case=columns.case_case[pairs],
    )
