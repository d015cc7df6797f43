"""Every kind of write that the journal knows, each as something one coder does eight times over.

Used where the power is cut and where the program is killed: whatever was acknowledged must be there.
"""

from __future__ import annotations

import json
import shutil

from qualcase.coding.places import SpanPlace
from qualcase.model.code import Code
from qualcase.project import create_project, open_project
from qualcase.project.backups import restore_project
from qualcase.storage.redaction import redact as take_out

ACTS = 8
NAME = "study.qualcase"
INTERVIEW = """Interviewer: How did it begin?

Berit: We met twice. Nobody trusted anybody. Then we built trust.

Interviewer: What did you share, and with whom?

Berit: We shared knowledge in a workshop. The board feared to lose members. We learned from each other.
We built trust again, we shared knowledge again, we trusted each other. Trust grew. We lost members.
The workshop was good, and the next workshop was better. They shared what they knew; some left.
"""
CODES = ("KM", "KM.TRUST", "KM.SHARE", "KM.ACQUIRE", "NS", "NS.THREAT", "NS.SHADOW", "NS.MEMBER")


def begin(folder):
    """Make a project with a source, codings and memos, and copies in which a colleague went on."""
    with create_project(folder / NAME, coder="Anna") as project:
        (folder / "berit.txt").write_text(INTERVIEW, encoding="utf-8")
        project.sources.import_paths([folder / "berit.txt"])
        source = project.sources.find("S1")
        for number in range(ACTS):
            project.codings.add(source, "KM", SpanPlace(40 + number, 45 + number))
            project.memos.add(f"Thought {number}")
            project.cases.create(f"North {number}")
    for number in range(ACTS):
        shutil.copy(folder / NAME, folder / f"copy-{number}.qualcase")
        with open_project(folder / f"copy-{number}.qualcase", coder="Bo") as copy:
            copy.codings.add(copy.sources.find("S1"), "NS", SpanPlace(number, number + 9))


def source_of(project):
    return project.sources.find("S1")


def uids(project):
    return [coding.uid for coding in project.codings.list()]


def code(project, number, _):
    project.codings.add(source_of(project), "NS", SpanPlace(number, number + 7))


def code_many(project, number, _):
    project.search.code("we", CODES[number], "sentence")


def in_vivo(project, number, _):
    project.in_vivo.code(source_of(project), SpanPlace(45 + number, 60 + 2 * number))


def recode(project, number, _):
    project.codings.recode(uids(project)[number], "KM.TRUST")


def recode_many(project, number, _):
    project.codings.recode(uids(project), CODES[number + 1 - ACTS])


def resize(project, number, _):
    project.codings.resize(uids(project)[number], 1, 20 + number)


def resize_many(project, number, _):
    project.codings.resize_all(dict.fromkeys(uids(project), (1, 20 + number)))


def describe(project, number, _):
    project.codings.describe(uids(project), memo=f"Why {number}", weight=number)


def uncode(project, _, __):
    project.codings.remove(uids(project)[0])


def decide(project, number, _):
    found = project.suggestions.propose(source_of(project))[0]
    if number % 2:
        project.suggestions.accept(found.uid)
    else:
        project.suggestions.reject(found.uid)


def correct_source(project, number, _):
    project.sources.describe(source_of(project), title=f"Visit {number}")


def done(project, number, _):
    (project.sources.reopen if number % 2 else project.sources.mark_done)(source_of(project))


def write_memo(project, number, _):
    project.memos.add(f"As @S1 says, {number}", about=("source", "S1"))


def note_passage(project, number, _):
    project.memos.add(f"Why {number}?", about="S1", place=SpanPlace(40, 50 + number))


def leave_passage(project, number, _):
    memo = project.memos.add("Why?", about="S1", place=SpanPlace(0, 12))
    source = source_of(project)
    project.editing.replace_text(source, f"{number} times otherwise{project.sources.text(source)[12:]}")
    project.editing.drop(memo.uid)


def edit_memo(project, number, _):
    project.memos.edit(project.memos.list()[number].uid, "Otherwise.")


def remove_memo(project, _, __):
    project.memos.remove(project.memos.list()[0].uid)


def add_code(project, number, _):
    project.codebook.add(Code(id=f"X.N{number}", name=f"N{number}", definition="New."))


def rename_code(project, number, _):
    project.codebook.rename("KM", f"Name {number}")


def move_code(project, number, _):
    project.codebook.move("KM.TRUST", "NS" if number % 2 == 0 else "KM")


def narrow_code(project, number, _):
    project.codebook.narrow("KM", exclude=(f"{number}",))


def widen_code(project, number, _):
    project.codebook.widen("KM", include=(f"{number}",))


def split_code(project, number, _):
    parts = [Code(id=f"X.A{number}", name=f"A{number}"), Code(id=f"X.B{number}", name=f"B{number}")]
    project.codebook.split("KM", parts, keep=True)


def merge_codes(project, number, _):
    project.codebook.add(Code(id=f"X.N{number}", name=f"N{number}", definition="New."))
    project.codebook.merge(f"X.N{number}", "KM")


def retire_code(project, number, _):
    project.codebook.add(Code(id=f"X.N{number}", name=f"N{number}", definition="New."))
    project.codebook.retire(f"X.N{number}")


def confirm(project, number, _):
    project.codebook.narrow("KM", exclude=(f"{number}",))
    project.codebook.confirm([one.id for one in project.codebook.reread()])


def import_codebook(project, number, folder):
    file = folder / f"book-{number}.yaml"
    words = f"codebook: book-{number}\ntitle: Book {number}\nversion: 1\ncodes:\n"
    word = f"  - id: B{number}\n    name: One {number}\n    kind: other\n    definition: What is one.\n"
    file.write_text(f"format: qualcase-codebook/1\n{words}{word}", encoding="utf-8")
    project.codebook.import_file(file)


def add_event(project, number, _):
    quote = "We met twice."
    project.events.add(f"They met {number}", "2006", source=source_of(project), quote=quote, actors=["Berit"])


def add_phase(project, number, _):
    project.events.add_phase(f"P{number}", "Beginning", date="2006/2007", opening="nothing before it")


def import_events(project, number, folder):
    event = {"id": f"V{number}", "title": "They met", "quote": "We met twice.", "process_codes": ["KM"]}
    event["date"] = {"edtf": "2006", "basis": "explicit"}
    value = {"schema": "case-events/1", "source": {"file": "berit.txt"}, "events": [event]}
    file = folder / f"events-{number}.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    project.events.import_file(file)


def make_case(project, number, _):
    project.cases.create(f"South {number}")


def assign_case(project, number, _):
    project.cases.assign(f"North {number}", source_of(project))


def set_attributes(project, number, folder):
    file = folder / f"attributes-{number}.csv"
    file.write_text(f"source,wave\nS1,{number}\n", encoding="utf-8")
    project.attributes.import_file(file, "source")


def rename_actor(project, number, _):
    project.actors.rename("Berit" if number == 0 else f"Berit {number - 1}", f"Berit {number}")


def describe_actor(project, number, _):
    project.actors.describe("Berit", role=f"Role {number}", organisation=f"Firm {number}")


def keep_set(project, number, _):
    project.sets.add(f"Set {number}", "codes", CODES[: number + 1])


def keep_question(project, number, _):
    project.queries.save("Mine", f"KM NEAR/{number + 1} NS")


def edit_text(project, number, _):
    source = source_of(project)
    project.editing.replace_text(source, f"{project.sources.text(source)}\nBerit: More, {number}.\n")


def review(project, _, __):
    source = source_of(project)
    start = project.codings.list()[0].start
    text = project.sources.text(source)
    project.editing.replace_text(source, text[: start - 6] + "quite otherwise" + text[start + 3 :])
    for doubt in project.editing.review():
        project.editing.move(doubt.uid, 0, 9)


def import_note(project, number, folder):
    file = folder / f"note-{number}.txt"
    file.write_text(f"Field note {number}.\n" * 40, encoding="utf-8")
    project.sources.import_paths([file])


def undo(project, _, __):
    project.journal.undo()


def redo(project, number, _):
    project.journal.undo(number % 3 + 1)
    project.journal.redo()


def merge(project, number, folder):
    project.merging.merge(folder / f"copy-{number}.qualcase")


def restore(project, number, folder):
    restore_project(project.path, folder / f"copy-{number}.qualcase")


def redact(project, number, _):
    take_out(project.store, 3 + number, coder="Anna")


KINDS = (
    code, code_many, in_vivo, recode, recode_many, resize, resize_many, describe, uncode, done,
    correct_source,
    write_memo, note_passage, leave_passage, edit_memo, remove_memo,
    add_code, rename_code, move_code, narrow_code, widen_code, split_code,
    merge_codes, retire_code, confirm, import_codebook, add_event, add_phase, import_events, make_case,
    assign_case, set_attributes, rename_actor, describe_actor, keep_set, keep_question, edit_text, review,
    import_note, undo, redo, merge, restore, redact,
    decide,  # The last: what it loads makes every process that is started after it heavier.
)  # fmt: skip
