"""What can be wrong with suggesting codes."""

from __future__ import annotations

from qualcase.model.errors import UsageError


class NoPhrasesError(UsageError):
    """No code of the codebook has key phrases to look for."""

    def __init__(self) -> None:
        super().__init__(
            "No active code of the codebook has key phrases, so there is nothing to look for.",
            hint="Give a code key phrases: qualcase codebook edit CODE --key-phrase “…”",
        )
