"""The desk of the timeline: the longitudinal narrative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.project.desk import Desk

if TYPE_CHECKING:
    from qualcase.model.display import Display


class Timeline(Desk):
    """The longitudinal narrative."""

    def display(self, lanes: str = "process") -> Display:
        """Return the timeline with lanes by actor, process, case or source."""
        from qualcase.analysis.timeline import timeline  # noqa: PLC0415 - loads numpy, which most commands do not need

        return timeline(self._project.codings.data(), lanes=lanes)
