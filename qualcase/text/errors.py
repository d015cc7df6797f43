"""What can be wrong with a piece of text or a date."""

from __future__ import annotations

from qualcase.model.errors import InputError


class BadDateError(InputError):
    """A date is not in the part of EDTF that qualcase reads."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(
            f"“{text}” is not a date that qualcase can read: {reason}.",
            hint="Write it as 2009, 2009-06, 2009-06-14, 2008-23 (autumn), 2006/2010, ../2009-06 or 2006~.",
        )
        self.text = text
