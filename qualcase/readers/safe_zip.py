"""The one place where archives are opened: checked through and through before any library sees them."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from qualcase.readers.errors import UnreadableFileError, UnsafeFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBER_LIMIT = 100 * 1024 * 1024
TOTAL_LIMIT = 500 * 1024 * 1024
RATIO_LIMIT = 200
ENTRY_LIMIT = 10_000
# Below this a high ratio harms nobody: small, regular parts of honest files compress that well.
_RATIO_FROM = 1024 * 1024
_CHUNK = 64 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
# A name is decoded, and a method of packing found out, only when a part is opened.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, UnicodeDecodeError,
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_zip(name: str, data: bytes) -> zipfile.ZipFile:
    """Open an archive whose table of contents is sound.

    Raise `UnsafeFileError` for names that lead out of it, symbolic links, encryption, overlapping or doubled
    members and too many of them; `UnreadableFileError` for what is no archive. Sizes are not yet checked:
    `read_members` counts them as it reads.
    """
    if data.startswith(_OLE):
        raise UnreadableFileError(
            name,
            "it is an old Office file (.doc) or protected by a password, whatever its name says",
            hint="Open it in Word or LibreOffice and save it as .docx without a password.",
        )
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableFileError(
            name, "it is not the archive that a file of this kind is", hint="It may be damaged or misnamed."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as problem:
        raise UnreadableFileError(
            name, f"its archive is damaged ({problem})", hint="It may be cut short; fetch it again."
        ) from None
    _check_entries(name, archive, data)
    return archive


def read_members(name: str, archive: zipfile.ZipFile) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield (member, its bytes in chunks) of an opened archive, counting what really comes out.

    Each member must be read to its end before the next. Raise `UnsafeFileError` beyond 100 MB a member,
    500 MB in all, or 200 times the packed size.
    """
    total = [0]
    for info in archive.infolist():
        if not info.is_dir():
            yield info.filename, _read_member(name, archive, info, total)


def _read_member(
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, total: list[int]
) -> Iterator[bytes]:
    size = 0
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                total[0] += len(chunk)
                _check_size(name, info, size, total[0])
                yield chunk
    except _DAMAGED as problem:
        raise UnreadableFileError(name, f"a part of its archive is damaged ({problem})") from None


def _check_size(name: str, info: zipfile.ZipInfo, size: int, total: int) -> None:
    if size > MEMBER_LIMIT:
        raise UnsafeFileError(name, "one of its parts unpacks to more than 100 MB")
    if total > TOTAL_LIMIT:
        raise UnsafeFileError(name, "it unpacks to more than 500 MB")
    if size > _RATIO_FROM and size > RATIO_LIMIT * max(info.compress_size, 1):
        raise UnsafeFileError(name, "one of its parts unpacks to more than 200 times its packed size")


def _check_entries(name: str, archive: zipfile.ZipFile, data: bytes) -> None:
    infos = archive.infolist()
    if len(infos) > ENTRY_LIMIT:
        raise UnsafeFileError(name, f"its archive has {len(infos)} parts; 10,000 is the limit")
    if len({info.filename for info in infos}) < len(infos):
        raise UnsafeFileError(name, "two parts of its archive have the same name")
    for info in infos:
        _check_entry(name, info)
    _check_overlap(name, infos, data)


def _check_entry(name: str, info: zipfile.ZipInfo) -> None:
    path = info.orig_filename
    parts = path.replace("\\", "/").split("/")
    if path.startswith(("/", "\\")) or ".." in parts or ":" in path or "\\" in path or "\0" in path:
        raise UnsafeFileError(name, "a part of its archive has a path that leads out of it")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnsafeFileError(name, "a part of its archive is a link to a file outside")
    if info.flag_bits & _ENCRYPTED:
        raise UnsafeFileError(
            name, "it is protected by a password", hint="Save it without a password, and import that file."
        )


def _check_overlap(name: str, infos: list[zipfile.ZipInfo], data: bytes) -> None:
    """Refuse members that share bytes, by which a small archive unpacks to a huge one."""
    end_before = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        header = data[info.header_offset : info.header_offset + _LOCAL_HEADER]
        if info.header_offset < end_before or len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
            raise UnsafeFileError(name, "parts of its archive overlap")
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        end_before = info.header_offset + _LOCAL_HEADER + lengths + info.compress_size
