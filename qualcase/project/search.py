"""The desk of search: words in the sources, where they stand, and coding all that was found."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from qualcase.coding.acts.code_many import code_many
from qualcase.coding.queries.errors import BadQueryError
from qualcase.coding.queries.hits import find_hits
from qualcase.coding.queries.words import read_search
from qualcase.coding.speaking import speaker_of
from qualcase.model.errors import UsageError
from qualcase.project.desk import Desk
from qualcase.project.selection import select_sources
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.codings import coded_spans
from qualcase.storage.reading.passages import Finder, read_extracts
from qualcase.storage.search import current_texts, turns_within
from qualcase.text.folding import folded_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcase.coding.queries.filters import Filter
    from qualcase.coding.queries.words import Search
    from qualcase.model.coding import Coding
    from qualcase.model.operation import Fields
    from qualcase.model.source import Source
    from qualcase.storage.reading.passages import Extract

    Span = tuple[int, int]

UNITS = ("hit", "sentence", "turn")
_AROUND = 60
_AT_FIRST, _AT_ONCE = 16, 512  # Passages; few at first, so that the first hits come soon.


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a search is answered: `[start, end)` in a source's text, the words, and those around them."""

    source: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    speaker: str | None = None

    @property
    def snippet(self) -> str:
        """The words with those around them, on one line."""
        return f"{self.before}{one_line(self.quote)}{self.after}"


class SearchDesk(Desk):
    """Words in the sources."""

    def find(self, written: str, limit: int | None = None) -> tuple[Hit, ...]:
        """Return the hits of a search, ordered by source and place; BadQueryError where it is none."""
        if limit is not None and limit < 1:
            raise UsageError(f"{limit} is not a number of hits.")
        return tuple(islice(self.hits(written), limit))

    def hits(self, written: str) -> Iterator[Hit]:
        """Yield the hits of a search one by one; what it cannot mean is said before the first."""
        search = read_search(written)
        # Without filters nothing about the sources has to be known, and listing them takes a while.
        sources = select_sources(self._project, search.filters, written) if search.filters else None
        speakers = _speakers(search, self._project.sources.list() if search.filters else ())
        return self._walk(search, None if sources is None else {source.uid for source in sources}, speakers)

    def code(self, written: str, code_id: str, unit: str = "hit") -> tuple[Coding, ...]:
        """Put a code on every hit of a search, or on the sentence or turn around it, as one act.

        What the coder has coded so already is left out; UsageError where nothing is left.
        """
        if unit not in UNITS:
            raise UsageError(f"“{unit}” cannot be coded.", hint=f"Choose one of {', '.join(UNITS)}.")
        with self._store.writing():
            code = self._project.codebook.find(code_id)
            if code.status != "active":
                raise UsageError(f"The code {code.id} is {code.status} and takes no new codings.")
            code_uid = self._store.recall("code uids", ("codebook", "code"), code_uids)[code.id]
            passages = self._passages(self.hits(written), unit, code_uid)
            if not passages:
                raise UsageError(f"The search finds nothing that is not coded {code.id} already.")
            shared: Fields = {
                "code": code_uid,
                "coder": self.coder_uid(),
                "codebook_version": self._project.codebook.version_of(code),
                "origin": "search",
            }
            many = "1 passage" if len(passages) == 1 else f"{len(passages):,} passages"
            summary = f"Coded {many} found by {_short(written)} as {code.id}"
            operation = code_many(shared=shared, passages=passages, summary=summary)
            self._commit(operation)
            return self._project.codings.read([change.uid for change in operation.changes])

    def _walk(
        self, search: Search, sources: set[str] | None, speakers: tuple[set[str], set[str]]
    ) -> Iterator[Hit]:
        known = self._store.recall("current texts", ("source", "text_version"), current_texts)
        handles = {key: handle for key, (uid, handle) in known.items() if sources is None or uid in sources}
        finder = Finder(search.tree, tuple(handles))
        size = _AT_FIRST
        while portion := self._more(finder, size):
            for key, group in groupby(portion, lambda one: one[0]):
                with self._store.reading() as connection:
                    extracts = read_extracts(connection, key, [start for _, start in group], _AROUND)
                for extract in extracts:
                    yield from self._in_extract(search, (key, handles[key]), extract, speakers)
            size = min(2 * size, _AT_ONCE)

    def _more(self, finder: Finder, most: int) -> list[Span]:
        with self._store.reading() as connection:
            return finder.more(connection, most)

    def _in_extract(
        self, search: Search, name: tuple[int, str], extract: Extract, speakers: tuple[set[str], set[str]]
    ) -> Iterator[Hit]:
        key, handle = name
        wanted, unwanted = speakers
        begin = extract.start
        found = find_hits(search.tree, folded_spans(extract.cut(begin, extract.end)))
        if not found:
            return
        with self._store.reading() as connection:
            turns = turns_within(connection, key, begin, extract.end)
        for start, end in found:
            speaker = speaker_of(turns, begin + start, begin + end)
            folded = (speaker or "").casefold()
            if (not wanted or folded in wanted) and folded not in unwanted:
                yield _hit(handle, extract, begin + start, begin + end, speaker)

    def _passages(self, hits: Iterable[Hit], unit: str, code_uid: str) -> list[Fields]:
        coder = self.coder_uid()
        passages: list[Fields] = []
        sources = {source.handle: source for source in self._project.sources.list()}
        for handle, group in groupby(hits, lambda hit: hit.source):
            source = sources[handle]
            spans = dict.fromkeys(self._widened(source, list(group), unit))
            with self._store.reading() as connection:
                there = coded_spans(connection, source.uid, code_uid, coder)
            shared: Fields = {"source": source.uid, "text": self._project.sources.text_uid(source)}
            passages += [
                {**shared, "start": start, "end": end} for start, end in spans if (start, end) not in there
            ]
        return passages

    def _widened(self, source: Source, hits: list[Hit], unit: str) -> list[Span]:
        if unit == "hit":
            return [(hit.start, hit.end) for hit in hits]
        desk = self._project.sources
        if unit == "sentence":
            parts = [(one.start, one.end) for one in desk.sentences(source)]
        else:
            parts = [(turn.start, turn.end) for turn in desk.turns(source)]
            parts = sorted(parts + [(block.start, block.end) for block in desk.blocks(source)])
        return [_around(parts, hit.start, hit.end) for hit in hits]


def _speakers(search: Search, sources: Sequence[Source]) -> tuple[set[str], set[str]]:
    """Return the speakers whose words are wanted, and those whose are not, folded."""
    known = {label.casefold(): label for source in sources for label, _ in source.speakers}
    wanted, unwanted = set[str](), set[str]()
    for one in search.filters:
        if one.name == "speaker" and not one.attribute:
            _add_speaker(one, known, search.written, unwanted if one.negated else wanted)
    return wanted, unwanted


def _add_speaker(one: Filter, known: dict[str, str], written: str, names: set[str]) -> None:
    folded = one.value.casefold()
    if folded not in known:
        hint = f"The speakers: {', '.join(sorted(known.values())[:12]) or 'none'}."
        raise BadQueryError(written, one.place, f"nobody called “{one.value}” speaks here", hint=hint)
    names.add(folded)


def _around(parts: list[Span], start: int, end: int) -> Span:
    """Return the span from the first part that touches `[start, end)` to the last, or that span itself."""
    first = bisect_right(parts, start, key=lambda part: part[1])
    last = first
    while last < len(parts) and parts[last][0] < end:
        last += 1
    return (parts[first][0], parts[last - 1][1]) if last > first else (start, end)


def _hit(handle: str, extract: Extract, start: int, end: int, speaker: str | None) -> Hit:
    begin = max(0, start - _AROUND)
    finish = min(extract.length, end + _AROUND)
    before, after = extract.cut(begin, start), extract.cut(end, finish)
    # A snippet begins and ends with a whole word, where there is one.
    if begin and " " in before:
        before = f"… {before.partition(' ')[2]}"
    if finish < extract.length and " " in after:
        after = f"{after.rpartition(' ')[0]} …"
    return Hit(handle, start, end, extract.cut(start, end), one_line(before), one_line(after), speaker)


def one_line(text: str) -> str:
    """Return text on one line, a blank kept at either end where it had white space there."""
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"


def _short(written: str) -> str:
    line = " ".join(written.split())
    return f"“{line}”" if len(line) <= _AROUND else f"“{line[:_AROUND]}…”"
