"""A small codebook that the tests of this room turn over in their hands."""

from __future__ import annotations

import pytest

from qualcase.model.code import Code, Codebook


@pytest.fixture
def book() -> Codebook:
    codes = (
        Code("KM", "Knowledge", kind="process"),
        Code("KM.SHARE", "Sharing", "KM", "process", key_phrases=("share knowledge",)),
        Code("KM.TRUST", "Building trust", "KM", "process", examples=("We trust them.",)),
        Code(
            "KM.TRUST.LOST",
            "Trust lost",
            "KM.TRUST",
            "process",
            key_phrases=("lose trust", "share knowledge"),
        ),
        Code("CTX", "Context", kind="context"),
        Code("CTX.FUND", "Funding", "CTX", "context"),
    )
    return Codebook("small", "A small codebook", 3, codes)
