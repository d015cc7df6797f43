"""What `fuzz_readers.py` once found: files that ended in something else than a text or a sentence."""

from __future__ import annotations

import pytest
from small_files import OFFICE, SHEET, make_odt, make_xlsx, make_zip, relations

from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.registry import read_document


def misnamed(data: bytes) -> bytes:
    """Say beside its bytes, but not in the table of contents, that the first part has a name in UTF-8."""
    changed = bytearray(data)
    changed[7] |= 0x08
    changed[33] = 0xE3
    return bytes(changed)


FOUND = {
    # A part's name is decoded a second time when it is opened.
    "a.odt": misnamed(make_odt("<t:p>x</t:p>")),
    # A kind of item that is a list cannot be looked up among the kinds.
    "a.json": b'{"results": [{"type": [], "start_time": 0.1, "alternatives": [{"content": "One"}]}]}',
    # openpyxl says with an OSError that the table of kinds names no workbook.
    "a.xlsx": make_zip(
        (
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        ),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets/></workbook>'),
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be read: "):
        read_document(name, FOUND[name])


def test_the_workbook_is_sound_where_its_kinds_are_told() -> None:
    assert read_document("a.xlsx", make_xlsx('<row r="1"><c r="A1"><v>1</v></c></row>')).text == "1"
