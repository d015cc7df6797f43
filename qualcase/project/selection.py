"""Which sources a question is asked of: its filters, and the sources that they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.queries.errors import BadQueryError
from qualcase.coding.queries.filters import SOURCE_FILTERS
from qualcase.model.errors import QualcaseError
from qualcase.model.source import SOURCE_KINDS
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.coding.queries.filters import Filter
    from qualcase.model.source import Source
    from qualcase.project.project import Project

    Test = Callable[[Source], bool]

_FIRST_DAY, _LAST_DAY = "", "9999-12-31"


def select_sources(project: Project, filters: Sequence[Filter], written: str) -> tuple[Source, ...]:
    """Return the sources that filters leave, in order; BadQueryError where one names what is not there.

    Filters of one name are alternatives, those of different names must all hold, negated ones must not.
    A source whose date is not known neither lies in a time nor outside it.
    """
    sources = project.sources.list()
    own = [one for one in filters if one.attribute or one.name in SOURCE_FILTERS]
    wanted: dict[str, list[Test]] = {}
    for one in own:
        test = _test(project, sources, one, written)
        if one.negated:
            sources = tuple(source for source in sources if _lies_outside(source, one, test))
        else:
            wanted.setdefault(one.name, []).append(test)
    return tuple(
        source for source in sources if all(any(test(source) for test in tests) for tests in wanted.values())
    )


def _lies_outside(source: Source, one: Filter, test: Test) -> bool:
    known = one.attribute or one.name != "date" or source.earliest is not None or source.latest is not None
    return known and not test(source)


def _test(project: Project, sources: Sequence[Source], one: Filter, written: str) -> Test:
    try:
        if one.attribute:
            return _attribute(sources, one, written)
        return _TESTS[one.name](project, one, written)
    except BadQueryError:
        raise
    except QualcaseError as error:
        raise BadQueryError(written, one.place, error.message.rstrip("."), hint=error.hint) from None


def _attribute(sources: Sequence[Source], one: Filter, written: str) -> Test:
    names = {name.casefold(): name for source in sources for name in source.attributes}
    if one.name not in names:
        hint = f"The attributes: {', '.join(names.values())}." if names else "No source has attributes."
        raise BadQueryError(written, one.place, f"no source has an attribute “{one.name}”", hint=hint)
    name, value = names[one.name], one.value.casefold()
    return lambda source: (source.attributes.get(name) or "").casefold() == value


def _source(project: Project, one: Filter, written: str) -> Test:
    del written
    uid = project.sources.find(one.value).uid
    return lambda source: source.uid == uid


def _case(project: Project, one: Filter, written: str) -> Test:
    folded = one.value.casefold()
    known = project.cases.list()
    if folded not in {name.casefold() for name in known}:
        hint = f"The cases: {', '.join(known)}."
        raise BadQueryError(written, one.place, f"there is no case “{one.value}”", hint=hint)
    return lambda source: folded in {name.casefold() for name in source.cases}


def _kind(project: Project, one: Filter, written: str) -> Test:
    del project
    kind = one.value.casefold().replace(" ", "_").replace("-", "_")
    if kind not in SOURCE_KINDS:
        hint = f"The kinds: {', '.join(SOURCE_KINDS)}."
        raise BadQueryError(written, one.place, f"“{one.value}” is not a kind of source", hint=hint)
    return lambda source: source.kind == kind


def _date(project: Project, one: Filter, written: str) -> Test:
    del project, written
    bounds = read_edtf(one.value)
    first, last = bounds.earliest or _FIRST_DAY, bounds.latest or _LAST_DAY

    def may_lie_in(source: Source) -> bool:
        if source.earliest is None and source.latest is None:
            return False
        return (source.earliest or _FIRST_DAY) <= last and first <= (source.latest or _LAST_DAY)

    return may_lie_in


def _set(project: Project, one: Filter, written: str) -> Test:
    found = project.sets.find(one.value)
    if found.kind != "sources":
        raise BadQueryError(written, one.place, f"“{found.name}” is a set of codes, not of sources")
    members = set(found.uids)
    return lambda source: source.uid in members


_TESTS: dict[str, Callable[[Project, Filter, str], Test]] = {
    "source": _source,
    "case": _case,
    "kind": _kind,
    "date": _date,
    "set": _set,
}
