"""The steps of the tour: what a newcomer does, named by the tables of keys, and what must then be seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Do:
    """An action by its id in the tables of keys: pressed is the first of its keys, so often."""

    action: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Press:
    """A key of a dialogue or of the menu, as tmux names it, so often."""

    key: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Write:
    """Words that are typed into a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Drag:
    """The mouse drawn from one word that is on the screen to another."""

    first: str
    last: str


Deed = Do | Press | Write | Drag


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, what must then stand on the screen, what the page says, the picture's name.

    `seen` is a regular expression; `{action}` in `said` becomes its key; without `picture` nothing is shown.
    """

    title: str
    deeds: tuple[Deed, ...]
    seen: str
    said: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A step at the command line."""

    title: str
    line: str
    seen: str
    said: str
    picture: str = ""


STEPS: tuple[Step | Command, ...] = (
    Command(
        "Begin where the files are",
        "qualcase tui",
        r"There is no project here yet",
        "The folder holds an interview and a field note, and nothing else. Home says what can be "
        "done, each with its key. The line at the foot of every screen names the keys most needed; "
        "{help} shows them all.",
        "home",
    ),
    Step(
        "Begin a project",
        (Do("home.new"), Press("Enter", 5)),
        r"look at it",
        "One form asks for file, codebook, case, coder and mode. It is filled in with what is usual, so that "
        "`Enter` goes from field to field and then begins; a sentence below says what a field means.",
    ),
    Step(
        "Look before anything is stored",
        (Press("Enter"),),
        r"2 would come in",
        "The folder is offered, and its files are read as they would be stored: the date in the "
        "file's name, who speaks and how often, the turns. What was guessed wrongly is put right here"
        " with {import.change}.",
        "import",
    ),
    Step(
        "Take them in, and read the first",
        (Do("import.run"), Do("import.code")),
        r"boatyards come together",
        "The interview opens. On the right stands what lies where the cursor is: nothing yet.",
    ),
    Step(
        "Code a sentence",
        (Do("select.turn", 4), Do("select.sentence", 2), Do("code"), Write("trust")),
        r"Enter apply",
        "One key goes from turn to turn, another from sentence to sentence. A few letters of a code's"
        " name are enough, and below the list stands what the code means.",
        "sentence",
    ),
    Step(
        "See it in the margin",
        (Press("Enter"),),
        r"Building trust",
        "The coding is in the project's file at once: there is nothing to save.",
    ),
    Step(
        "Code a whole turn",
        (Do("select.turn", 3), Do("code"), Write("exit"), Press("Enter")),
        r"Coded .Entry and exit",
        "“Did everybody stay?” is answered by a turn, and all of the turn is coded.",
        "turn",
    ),
    Step(
        "Code some words, by mouse and by key",
        (Drag("wrote on", "may use"), Do("extend.word"), Do("code"), Write("captures"), Press("Enter")),
        r"Coded .Governing who",
        "A drag selects words, and a key extends the selection by one more. Where codings overlap, "
        "each has a lane of its own in the margin.",
    ),
    Step(
        "Take it back",
        (Do("undo"),),
        r"Undone",
        "Every act can be taken back, and the line below says which one was.",
        "undo",
    ),
    Step("And do it again", (Do("redo"),), r"Done again", "It was right after all."),
    Step(
        "Read a suggestion",
        (Do("source.begin"), Do("suggestion.next")),
        r"accept +d reject",
        "Where a key phrase of the codebook is found, `?` stands in the margin. On the right is the reason: "
        "the phrase, and the code that it belongs to.",
        "suggestion",
    ),
    Step(
        "Accept it",
        (Do("suggestion.accept"),),
        r"Accepted",
        "It becomes a coding of yours by this key, and never without it.",
    ),
    Step(
        "Write down what you think",
        (Do("coding.memo"), Write("No trust yet in 2014. When does it begin?")),
        r"When does it begin",
        "A memo stands on the coding that it is about.",
        "memo",
    ),
    Step(
        "Keep the memo",
        (Press("Tab"), Press("Enter")),
        r"Memo kept",
        "In a memo `Enter` begins a new line, so `Tab` goes to the button first.",
    ),
    Step(
        "Look a code up in the codebook",
        (Do("go"), Press("b"), Do("list.down", 6)),
        r"Confidence, good will",
        "What the code means, what belongs to it and what does not, and the passages coded so far. Codes are "
        "changed here too, and each change is kept with its reason.",
        "codebook",
    ),
    Step(
        "Read what was coded",
        (Do("codebook.passages"),),
        r"Passages(.|\n)*crane",
        "All passages of the code, from all sources, each with the words around it and where it comes from.",
        "passages",
    ),
    Step(
        "See it as a table",
        (Do("go"), Press("d")),
        r"number of codings",
        "Each cell leads to the passages that it was counted from: {grid.open}.",
        "table",
    ),
    Step("Leave", (Do("quit"),), r"(?m)^\$ *$", "Everything is in the file already."),
    Command(
        "Report",
        "qualcase report --format html,md -o report",
        r"report\.html",
        "The report is written as a page for a browser, in which every figure leads back to its "
        "lines, and as text.",
    ),
)
