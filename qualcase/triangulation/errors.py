"""What can be wrong with a request for agreement."""

from __future__ import annotations

from qualcase.model.errors import InputError, UsageError


class AgreementRequestError(UsageError):
    """Agreement was asked for in a way that has no answer."""


class AgreementDataError(InputError):
    """Spans or units do not fit the sources they are said to lie in."""


class OverlappingValuesError(InputError):
    """A coder's valued units overlap, so they do not partition the text."""
