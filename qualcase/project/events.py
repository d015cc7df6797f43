"""The desk of events: what happened when, on what evidence, in which phase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.coding.acts.event import EventDraft, make_event, make_phase
from qualcase.model.errors import InputError, UnknownNameError, UsageError
from qualcase.model.event import BASES, Event, EventDate
from qualcase.project.case_events import read_case_events
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.event_import import import_case_events
from qualcase.readers.json_values import parse_json
from qualcase.readers.reader import RawFile
from qualcase.storage.reading.chronology import chronology_uids, read_chronology
from qualcase.storage.reading.codes import code_uids
from qualcase.text.edtf import read_edtf
from qualcase.text.matching import find_quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.event import Chronology, Phase
    from qualcase.model.source import Source

_MOST_BYTES = 50_000_000


class Events(Desk):
    """What happened when."""

    def chronology(self) -> Chronology:
        """Return all events, phases, links and actors."""
        with self._store.reading() as connection:
            return read_chronology(connection)

    def list(self) -> tuple[Event, ...]:
        """Return all events in the order of their making."""
        return self.chronology().events

    def phases(self) -> tuple[Phase, ...]:
        """Return all phases in order."""
        return self.chronology().phases

    def find(self, name: str) -> Event:
        """Return an event by its id."""
        for event in self.list():
            if event.id.casefold() == name.casefold():
                return event
        raise UnknownNameError("event", name, hint="`qualcase event list` lists them.")

    @one_transaction
    def add(
        self,
        title: str,
        date: str | None = None,
        *,
        source: Source | None = None,
        quote: str | None = None,
        actors: Sequence[str] = (),
        codes: Sequence[str] = (),
        phase: str | None = None,
        basis: str | None = None,
        valence: str | None = None,
        voice: str | None = None,
        extent: str = "point_in_window",
        duration: str | None = None,
        kind: str = "event",
        turning_point: bool = False,
        id: str | None = None,  # noqa: A002 - the field's own word
    ) -> Event:
        """Add an event; its quote must stand in its source exactly once, its date is EDTF."""
        if basis is not None and basis not in BASES:
            raise UsageError(f"“{basis}” is not a basis.", hint=f"Use {', '.join(BASES)}.")
        chronology = self.chronology()
        taken = {event.id for event in chronology.events}
        handle = id or next(name for n in range(1, len(taken) + 2) if (name := f"E{n:02}") not in taken)
        if handle in taken:
            raise UsageError(f"There is an event {handle} already.")
        start, end, words = self._place(source, quote)
        event = Event(
            id=handle,
            title=title,
            date=_read_date(date, basis),
            start=start,
            end=end,
            quote=words,
            actors=tuple(actors),
            codes=tuple(self._project.codebook.find(code).id for code in codes),
            kind=kind,
            extent=extent,
            duration=duration,
            valence=valence,
            voice=voice,
            turning_point=turning_point,
        )
        with self._store.reading() as connection:
            known = chronology_uids(connection)
            uids = code_uids(connection)
        if phase is not None and phase not in known["phase"]:
            raise UnknownNameError("phase", phase, hint="`qualcase phase list` lists them.")
        place = (source.uid if source else None, known["phase"].get(phase or ""), len(taken))
        given = self._project.codebook.code_versions(event.codes)
        text = self._project.sources.text_uid(source) if source else None
        draft = EventDraft(event, *place, code_versions=given, text=text)
        self._commit(make_event(draft, actors=known["actor"], codes=uids))
        return self.find(handle)

    @one_transaction
    def add_phase(
        self,
        id: str,  # noqa: A002 - the field's own word
        name: str,
        *,
        date: str | None = None,
        opens_with: str | None = None,
        closes_with: str | None = None,
        opening: str = "",
        closing: str = "",
    ) -> Phase:
        """Add a phase with the events that open and close it and the ground for each break."""
        if any(phase.id == id for phase in self.phases()):
            raise UsageError(f"There is a phase {id} already.")
        if date:
            read_edtf(date)
        if not (opens_with or opening):
            message = f"The phase {id} needs the discontinuity that opens it."
            raise UsageError(
                message, hint="Name an event with --opens-with, or say the ground with --opening."
            )
        ends = {name: self.find(name).uid for name in (opens_with, closes_with) if name}
        fields = {
            "handle": id,
            "name": name,
            "edtf": date,
            "basis": "analyst bracket",
            "opens_with_uid": ends.get(opens_with or ""),
            "closes_with_uid": ends.get(closes_with or ""),
            "discontinuity_open": opening,
            "discontinuity_close": closing,
            "position": len(self.phases()),
        }
        self._commit(make_phase(fields=fields))
        return next(phase for phase in self.phases() if phase.id == id)

    def import_file(self, path: Path, source: Source | None = None) -> Chronology:
        """Bring in a file of the schema `case-events/1`, verifying every quote against its source.

        One changed character refuses the whole file: the error names event, source, line, expected and found.
        """
        path = Path(path)
        try:
            size = path.stat().st_size
            data = path.read_bytes() if size <= _MOST_BYTES else b""
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}.") from None
        if size > _MOST_BYTES:
            raise InputError(f"{path.name} has more than 50 MB, which no file of events needs.")
        value, _ = parse_json(RawFile(path.name, data, encoding="utf-8"))
        case = read_case_events(value, path.name)
        with self._store.writing():
            import_case_events(self._project, case, source, path.name)
        return self.chronology()

    def _place(self, source: Source | None, quote: str | None) -> tuple[int | None, int | None, str | None]:
        if quote is None:
            return None, None, None
        if source is None:
            raise UsageError("A quote needs the source that it stands in.", hint="Name it with --source.")
        text = self._project.sources.text(source)
        places = find_quote(text, quote)
        if len(places) != 1:
            how = "do not stand in" if not places else f"stand {len(places)} times in"
            raise UsageError(f"The words “{quote}” {how} {source.handle}.")
        start, end = places[0]
        return start, end, text[start:end]


def _read_date(date: str | None, basis: str | None) -> EventDate:
    bounds = read_edtf(date) if date else None
    return EventDate(
        date,
        bounds.earliest if bounds else None,
        bounds.latest if bounds else None,
        (basis or "explicit") if date else None,
    )
