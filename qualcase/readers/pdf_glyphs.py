"""The one place where PDFium is spoken: pages as glyphs with their places, and a file's own properties."""

from __future__ import annotations

import ctypes
import math
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.pdf_clips import EVERYWHERE, Clips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.readers.pdf_clips import Rectangle

SIZE_LIMIT = 100 * 1024 * 1024
PAGE_LIMIT = 5000
GLYPH_LIMIT = 20_000_000
PAGE_GLYPH_LIMIT = 1_000_000
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_HYPHEN = 0x02
_LINE_ENDS = (0x0A, 0x0D)
_BLANKS = (0x20, 0x09, *_LINE_ENDS)
_NOT_CHARACTERS = {0xFFFE, 0xFFFF}
_FIRST_PRINTED = 0x20
_BOLD_FROM = 600
_NAME_LENGTH = 128
_QUARTER = 90
# PDFium is not made for two threads at a time.
_LOCK = threading.RLock()
_NOT_PDF = "Open it in the program that made it and save it as .docx, or print it to a PDF anew."


class Glyph(NamedTuple):
    """One character and its box in points from the page's lower left corner, upright; a blank has none."""

    sign: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool


_RECTANGLE = struct.Struct("4f")  # FS_RECTF: left, top, right, bottom
_BLANK_GLYPHS = {bold: Glyph(" ", 0.0, 0.0, 0.0, 0.0, bold) for bold in (False, True)}


@dataclass(frozen=True, slots=True)
class Page:
    """A page in the order in which it was written; `aside` is text that runs in another direction."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    aside: str
    has_pictures: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """A page's lower left corner and size in points, and by how many quarters its text is turned."""

    left: float
    bottom: float
    width: float
    height: float
    turn: int

    @property
    def is_plain(self) -> bool:
        """Whether places need no change."""
        return self.turn == 0 and self.left == 0 and self.bottom == 0

    def area(self, clip: Rectangle) -> Rectangle:
        """Return (left, right, bottom, top) of what is seen within `clip`, a point more each way."""
        right, top = self.left + self.width, self.bottom + self.height
        return (
            max(self.left, clip[0]) - 1,
            min(right, clip[1]) + 1,
            max(self.bottom, clip[2]) - 1,
            min(top, clip[3]) + 1,
        )

    def upright(self, shape: Rectangle) -> Rectangle:
        """Return a box (left, right, bottom, top) as it stands when its text is held upright."""
        left, right = shape[0] - self.left, shape[1] - self.left
        bottom, top = shape[2] - self.bottom, shape[3] - self.bottom
        if self.turn == 1:
            return self.height - top, self.height - bottom, left, right
        if self.turn == 2:  # noqa: PLR2004 -- half a circle
            return self.width - right, self.width - left, self.height - top, self.height - bottom
        if self.turn == 3:  # noqa: PLR2004 -- three quarters
            return bottom, top, self.width - right, self.width - left
        return left, right, bottom, top


@contextmanager
def open_pdf(name: str, data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF; refuse what is none, what is encrypted, and what has more than 5,000 pages or 100 MB."""
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFileError(name, "it is no PDF, whatever its name says", hint=_NOT_PDF)
    if len(data) > SIZE_LIMIT:
        raise UnsafeFileError(name, "it has more than 100 MB")
    with _LOCK:
        document = _open(name, data)
        try:
            if len(document) > PAGE_LIMIT:
                raise UnsafeFileError(name, f"it has more than {PAGE_LIMIT} pages")
            yield document
        finally:
            document.close()


def read_pages(name: str, document: pypdfium2.PdfDocument) -> Iterator[Page]:
    """Yield the pages; refuse more than 20 million characters in all and a million on a page."""
    total = 0
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise UnreadableFileError(
                name, f"its page {number + 1} is damaged", hint="It may be cut short; fetch it again."
            ) from None
        count = max(pdfium.FPDFText_CountChars(text), 0)
        total += count
        if count > PAGE_GLYPH_LIMIT or total > GLYPH_LIMIT:
            raise UnsafeFileError(name, "it has more characters than any document")
        yield _read_page(page, text, count)
        text.close()
        page.close()


def read_metadata(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """Return title, author, subject and the day of creation."""
    try:
        said = document.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return {}
    found = {
        name.lower(): " ".join(str(said.get(name, "")).split()) for name in ("Title", "Author", "Subject")
    }
    day = str(said.get("CreationDate", "")).removeprefix("D:")[:8]
    if len(day) == len("20241030") and day.isascii() and day.isdigit():
        found["created"] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return {name: words for name, words in found.items() if words and "\0" not in words}


def _open(name: str, data: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower() or "security" in str(problem).lower():
            raise UnreadableFileError(
                name,
                "it is encrypted with a password",
                hint="Open it with the password, print it to a PDF without one, and import that.",
            ) from None
        raise UnreadableFileError(
            name, "it is a damaged PDF", hint="It may be cut short; fetch it again. " + _NOT_PDF
        ) from None
    return document


def _read_page(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, count: int) -> Page:
    """Read one page; characters that lie outside it, or are clipped, are not shown and not read."""
    width, height = page.get_size()
    if pdfium.FPDFPage_GetRotation(page) % 2:
        width, height = height, width
    raw = text.raw
    signs = _signs(raw, count)
    turns = _quarter_turns(raw, signs)
    turn = max(set(turns), key=turns.count, default=0)
    frame = _Frame(*_corner(page), width, height, turn)
    aside = "".join(sign for sign, at in zip(signs, turns, strict=True) if at != turn)
    upright = [sign if at == turn else "" for sign, at in zip(signs, turns, strict=True)] if aside else signs
    glyphs = _glyphs(raw, upright, frame, page)
    pictures = any(True for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=2))
    seen = (height, width) if turn % 2 else (width, height)
    return Page(*seen, tuple(glyphs), aside.strip(), pictures)


def _glyphs(
    raw: pdfium.FPDF_TEXTPAGE, signs: list[str], frame: _Frame, page: pypdfium2.PdfPage
) -> list[Glyph]:
    """Return the characters that are seen, in order; an empty sign is passed over."""
    box = pdfium.FS_RECTF()
    reference, get_box = ctypes.byref(box), pdfium.FPDFText_GetLooseCharBox
    clips = Clips(page, raw)
    glyphs: list[Glyph] = []
    # A book has a million letters: what is looked up for each is looked up here.
    new, unpack, plain, blanks = tuple.__new__, _RECTANGLE.unpack_from, frame.is_plain, _BLANK_GLYPHS
    left, right, bottom, top = frame.area(EVERYWHERE)
    bold = begins = True
    for place, sign in enumerate(signs):
        if sign == "\n":
            # Only what begins a line in bold is asked for: a name.
            bold = begins = True
        elif sign not in ("", " "):
            get_box(raw, place, reference)
            if begins:
                if clips.any_path:
                    left, right, bottom, top = frame.area(clips.find(place))
                begins = False
            west, north, east, south = unpack(box)
            if left <= (west + east) / 2 <= right and bottom <= (south + north) / 2 <= top:
                bold = bold and _is_bold(raw, place)
                if not plain:
                    west, east, south, north = frame.upright((west, east, south, north))
                glyphs.append(new(Glyph, (sign, west, east, south, north, bold)))
        elif sign:
            begins = True
            glyphs.append(blanks[bold])
    return glyphs


def _signs(raw: pdfium.FPDF_TEXTPAGE, count: int) -> list[str]:
    """Return the characters of a page; most stand for themselves wherever they are."""
    codes = list(map(pdfium.FPDFText_GetUnicode, repeat(raw), range(count)))
    alone = {code: _sign(code) for code in set(codes)}
    signs = [alone[code] for code in codes]
    for place in (place for place, code in enumerate(codes) if code in _LINE_ENDS):
        if pdfium.FPDFText_IsGenerated(raw, place) == 1:
            signs[place] = "\n"
    return _pair(signs) if any("\ud800" <= sign <= "\udfff" for sign in alone.values()) else signs


def _sign(code: int) -> str:
    if code in _BLANKS:
        return " "
    if code == _HYPHEN:
        return "-"
    if code < _FIRST_PRINTED or code in _NOT_CHARACTERS:
        return UNKNOWN
    return chr(code)


def _pair(signs: list[str]) -> list[str]:
    """Join the halves in which a character beyond the first 65,536 may come; a single half is unknown."""
    for place, sign in enumerate(signs):
        if "\ud800" <= sign <= "\udfff":
            following = signs[place + 1] if place + 1 < len(signs) else ""
            if sign <= "\udbff" and "\udc00" <= following <= "\udfff":
                signs[place] = (sign + following).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
                signs[place + 1] = ""
            else:
                signs[place] = UNKNOWN
    return signs


def _quarter_turns(raw: pdfium.FPDF_TEXTPAGE, signs: list[str]) -> list[int]:
    """Return for each character by how many quarters of a circle its line is turned."""
    turns: list[int] = []
    last, since, begins = 0, 0, True
    for place, sign in enumerate(signs):
        if sign == "\n":
            begins = True
        elif begins and sign not in ("", " ") and sign.strip():
            turns += repeat(last, place - since)
            angle = math.degrees(max(pdfium.FPDFText_GetCharAngle(raw, place), 0.0))
            last, since, begins = round(angle / _QUARTER) % 4, place, False
    return [*turns, *repeat(last, len(signs) - since)]


def _corner(page: pypdfium2.PdfPage) -> tuple[float, float]:
    try:
        left, bottom, _, _ = page.get_cropbox()
    except pypdfium2.PdfiumError:
        return 0.0, 0.0
    return left, bottom


def _is_bold(raw: pdfium.FPDF_TEXTPAGE, place: int) -> bool:
    """Say whether a character is bold by its weight or, where none is told, by its font's name."""
    if int(pdfium.FPDFText_GetFontWeight(raw, place)) >= _BOLD_FROM:
        return True
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, place, name, _NAME_LENGTH, ctypes.byref(flags))
    return b"bold" in bytes(name.value).lower()
