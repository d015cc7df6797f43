"""The tree of codes: files, checks, changes, and the codebooks that ship with qualcase."""

from __future__ import annotations
