"""Which part of a page a text may be seen in: beyond its clipping path nothing of it is shown."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    import pypdfium2

Rectangle = tuple[float, float, float, float]
EVERYWHERE: Rectangle = (-math.inf, math.inf, -math.inf, math.inf)
_OBJECT_LIMIT = 200_000
_PATH_LIMIT = 20
_POINT_LIMIT = 1000


class Clips:
    """The clipping of one page's own text objects; those inside forms are taken as seen.

    `any_path` says whether anything on the page is clipped at all, which is seldom.
    """

    def __init__(self, page: pypdfium2.PdfPage, raw: pdfium.FPDF_TEXTPAGE) -> None:
        self._raw = raw
        count = min(pdfium.FPDFPage_CountObjects(page), _OBJECT_LIMIT)
        # Paths inside a form are told in the form's own measure, which is not the page's.
        own = [pdfium.FPDFPage_GetObject(page, place) for place in range(count)]
        self._own = {_address(shape) for shape in own}
        self.any_path = any(_count_paths(pdfium.FPDFPageObj_GetClipPath(shape)) for shape in own)
        self._known: dict[int, Rectangle] = {}

    def find(self, place: int) -> Rectangle:
        """Return (left, right, bottom, top) of where the character at `place` may be seen."""
        shape = pdfium.FPDFText_GetTextObject(self._raw, place)
        address = _address(shape)
        if address not in self._own:
            return EVERYWHERE
        if address not in self._known:
            self._known[address] = _read_clip(shape)
        return self._known[address]


def _address(shape: pdfium.FPDF_PAGEOBJECT) -> int:
    return ctypes.cast(shape, ctypes.c_void_p).value or 0


def _read_clip(shape: pdfium.FPDF_PAGEOBJECT) -> Rectangle:
    """Return the common part of the boxes around all paths that clip an object."""
    left, right, bottom, top = EVERYWHERE
    clip = pdfium.FPDFPageObj_GetClipPath(shape)
    for path in range(min(_count_paths(clip), _PATH_LIMIT)):
        points = _points(clip, path)
        if points:
            across, up = zip(*points, strict=True)
            left, right = max(left, min(across)), min(right, max(across))
            bottom, top = max(bottom, min(up)), min(top, max(up))
    return left, right, bottom, top


def _count_paths(clip: pdfium.FPDF_CLIPPATH) -> int:
    return max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0


def _points(clip: pdfium.FPDF_CLIPPATH, path: int) -> list[tuple[float, float]]:
    across, up = ctypes.c_float(), ctypes.c_float()
    found: list[tuple[float, float]] = []
    for place in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), _POINT_LIMIT)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, place)
        if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(across), ctypes.byref(up)):
            found.append((across.value, up.value))
    return found
