"""What Rich Text says, group by group: the words, who formatted them how, and what is not for reading."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcase.readers.rtf_codepages import DEFAULT, by_charset, by_number, decode_bytes
from qualcase.readers.rtf_layout import Layout

if TYPE_CHECKING:
    from qualcase.readers.document_parts import Paragraph, Table
    from qualcase.readers.rtf_tokens import Token

_SIGN_WORDS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n",
    "emdash": "—", "endash": "–", "emspace": "\N{EM SPACE}", "enspace": "\N{EN SPACE}",
    "qmspace": "\N{FOUR-PER-EM SPACE}", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "zwj": "\N{ZERO WIDTH JOINER}", "zwnj": "\N{ZERO WIDTH NON-JOINER}",
    "zwbo": "\N{ZERO WIDTH SPACE}", "ltrmark": "\N{LEFT-TO-RIGHT MARK}", "rtlmark": "\N{RIGHT-TO-LEFT MARK}",
}  # fmt: skip
_SYMBOLS = {
    "~": "\N{NO-BREAK SPACE}", "_": "\N{NON-BREAKING HYPHEN}", "-": "\N{SOFT HYPHEN}",
    "{": "{", "}": "}", "\\": "\\", "\t": "\t",
}  # fmt: skip
_PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column"))
_NOTES = frozenset(("footnote", "annotation"))
_EDGES = frozenset(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"))
_TABLES = frozenset(("info", "stylesheet", "fonttbl"))
_FIELDS = frozenset(("title", "author", "subject", "creatim"))
# Groups marked as optional that nevertheless hold words or rows.
_OPENED = frozenset(("shpinst", "nesttableprops", "footnote", "annotation"))
_UNREAD_LIST = """
aftncn aftnsep aftnsepc atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart
background bkmkend bkmkstart blipuid colorschememapping colortbl datafield datastore defchp defpap do
docvar factoidname falt ffdeftext ffentrymcr ffexitmcr ffformat ffhelptext ffl ffname ffstattext filetbl
fldinst fldtype fname fontemb fontfile formfield ftncn ftnsep ftnsepc generator gridtbl htmltag keywords
latentstyles levelnumbers leveltext lfolevel listlevel listname listoverride listoverridetable
listpicture liststylename listtable listtext lsdlockedexcept mailmerge mmathPr nextfile nonesttables
nonshppict objalias objclass objdata objname objsect objtime oldcprops oldpprops oldsprops oldtprops
oleclsid panose password passwordhash pgp pgptbl pict picprop pn pnseclvl pntext pntxta pntxtb private
protusertbl pxe revtbl rsidtbl rxe shppict shprslt sn sp staticval sv svb tc tcn template themedata txe
ud userprops wgrffmtfilter windowcaption writereservation writereservhash xe xmlattrname xmlattrvalue
xmlnstbl company manager operator doccomm comment category hlinkbase revtim printim buptim
"""
_UNREAD = frozenset(_UNREAD_LIST.split())
_LAST_OUTLINE = 9
_HEADING_NAMES = ("heading", "title", "subtitle", "überschrift", "titre")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    purpose: str = "body"
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int | None = None
    after_unicode: int = 1
    optional: bool = False


@dataclass(slots=True)
class RtfText:
    """Reads signs one by one; `finish` closes what is open.

    `notes` are footnotes, comments, page headers and footers; `deleted` counts passages that a tracked change
    deletes; `unsure` counts bytes that are no characters of their code page; `depth` is of open groups.
    """

    encoding: str = DEFAULT
    forced: bool = False
    body: Layout = field(default_factory=Layout)
    notes: list[Paragraph | Table] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    deleted: int = 0
    unsure: int = 0
    depth: int = 0
    closed: bool = False
    _state: _State = field(default_factory=_State)
    _stack: list[_State] = field(default_factory=list)
    _layouts: list[tuple[int, Layout]] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _skip: int = 0
    _fonts: dict[int, str] = field(default_factory=dict)
    _headings: set[int] = field(default_factory=set)
    _style: int | None = None
    _aside: list[str] = field(default_factory=list)
    _date: dict[str, int] = field(default_factory=dict)
    _in_table: bool = False
    _nesting: int = 0
    _heading: bool = False

    def read(self, token: Token) -> None:
        """Take in one sign."""
        if self._skip and token.kind != "brace":
            self._pass_over(token)
            return
        self._skip = 0
        if token.kind == "text":
            self._bytes += token.value.encode("latin-1")
        elif token.kind == "hex":
            self._bytes.append(int(token.value, 16))
        else:
            self._flush()
            if token.kind == "word":
                self._word(token.value, token.number)
            elif token.kind == "symbol":
                self._symbol(token.value)
            else:
                self._brace(token.value)

    def finish(self) -> list[Paragraph | Table]:
        """Return the parts of the body."""
        self._flush()
        closed = self.closed
        while self._stack:
            self._close()
        self.closed = closed
        return self.body.finish()

    # --- groups ---------------------------------------------------------------------------------------------

    def _brace(self, brace: str) -> None:
        if brace == "{":
            self._stack.append(self._state)
            self._state = replace(self._state, optional=False)
            self.depth += 1
        elif self._stack:
            self._close()

    def _close(self) -> None:
        closing = self._state
        self._state = self._stack.pop()
        self.depth -= 1
        self.closed = self.depth == 0
        if closing.purpose != self._state.purpose:
            self._end_purpose(closing.purpose)
        elif closing.purpose in ("stylesheet", "fonttbl"):
            self._end_entry(closing.purpose)

    def _begin(self, purpose: str) -> None:
        if purpose in ("note", "edge"):
            self._layouts.append((self.depth, Layout()))
        if purpose not in ("unread", "note", "edge"):
            self._aside = []
        self._state = replace(self._state, purpose=purpose, bold=False)

    def _end_purpose(self, purpose: str) -> None:
        if purpose in ("note", "edge") and self._layouts:
            parts = self._layouts.pop()[1].finish()
            self.notes.extend(part for part in parts if part not in self.notes or purpose == "note")
        elif purpose in ("stylesheet", "fonttbl"):
            self._end_entry(purpose)
        elif purpose in _FIELDS:
            self._end_field(purpose)

    def _end_entry(self, purpose: str) -> None:
        name = "".join(self._aside).strip(" ;").casefold()
        if purpose == "stylesheet" and self._style is not None and name.startswith(_HEADING_NAMES):
            self._headings.add(self._style)
        self._aside, self._style = [], None

    def _end_field(self, name: str) -> None:
        words = " ".join("".join(self._aside).split())
        if name == "creatim" and self._date.get("yr", 0) > 0:
            date = self._date
            words = f"{date['yr']:04}-{date.get('mo', 1):02}-{date.get('dy', 1):02}"
            name = "created"
        if words and name != "creatim":
            self.metadata.setdefault(name, words)
        self._aside, self._date = [], {}

    # --- signs ----------------------------------------------------------------------------------------------

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state = replace(self._state, optional=True)
        elif symbol in "\r\n":
            self._end_paragraph()
        elif symbol in _SYMBOLS:
            self._emit(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        if self._state.optional and word not in _OPENED:
            self._begin("unread")
            self._state = replace(self._state, optional=False)
        elif self._state.purpose == "unread":
            return
        elif word in _UNREAD:
            self._begin("unread")
        elif word in _NOTES:
            self._begin("note")
        elif word in _EDGES:
            self._begin("edge")
        elif word in _TABLES or (word in _FIELDS and self._state.purpose == "info"):
            self._begin(word)
        elif self._state.purpose in ("stylesheet", "fonttbl", "creatim"):
            self._entry_word(word, number)
        elif not self._text_word(word, number):
            self._formatting_word(word, number)
        self._state = replace(self._state, optional=False) if self._state.optional else self._state

    def _text_word(self, word: str, number: int | None) -> bool:
        """Take in a control word that stands for text or for its end."""
        if word in _SIGN_WORDS:
            self._emit(_SIGN_WORDS[word])
        elif word == "u":
            if number is not None:
                self._emit(chr(number % 0x10000))
            self._skip = self._state.after_unicode
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._layout().end_cell(self._depth() if word == "nestcell" else 1)
        elif word in ("row", "nestrow"):
            self._layout().end_row(max(self._depth(), 2) if word == "nestrow" else 1)
        else:
            return False
        return True

    def _formatting_word(self, word: str, number: int | None) -> None:
        on = number != 0
        if word == "b":
            self._state = replace(self._state, bold=on)
        elif word == "v":
            self._state = replace(self._state, hidden=on)
        elif word == "deleted":
            self._state = replace(self._state, deleted=on)
            self.deleted += on
        elif word == "plain":
            self._state = replace(self._state, bold=False, hidden=False, deleted=False)
        elif word == "f":
            self._state = replace(self._state, font=number)
        elif word == "uc":
            self._state = replace(self._state, after_unicode=min(max(number or 0, 0), 100))
        else:
            self._paragraph_word(word, number)

    def _paragraph_word(self, word: str, number: int | None) -> None:
        if word == "pard":
            self._in_table, self._nesting, self._heading = False, 0, False
        elif word == "intbl":
            self._in_table = True
        elif word == "itap":
            self._nesting = min(max(number or 0, 0), 10)
        elif word == "s":
            self._heading = number in self._headings
        elif word == "outlinelevel":
            self._heading = number is not None and 0 <= number < _LAST_OUTLINE
        elif word == "ansicpg" and not self.forced:
            self.encoding = by_number(number) or self.encoding
        elif word == "mac" and not self.forced:
            self.encoding = "mac_roman"

    def _entry_word(self, word: str, number: int | None) -> None:
        """Take in a control word of the tables of styles and fonts, or of a date."""
        if word == "s":
            self._style = number
        elif word == "f":
            self._state = replace(self._state, font=number)
        elif word in ("fcharset", "cpg") and self._state.font is not None:
            name = by_charset(number) if word == "fcharset" else by_number(number)
            if name:
                self._fonts[self._state.font] = name
        elif word in ("yr", "mo", "dy") and number is not None:
            self._date[word] = number

    def _pass_over(self, token: Token) -> None:
        """Pass over the stand-in that follows a Unicode character for readers that know none."""
        if token.kind == "text" and len(token.value) > self._skip:
            rest = token._replace(value=token.value[self._skip :])
            self._skip = 0
            self.read(rest)
        else:
            self._skip -= min(len(token.value), self._skip) if token.kind == "text" else 1

    # --- text -----------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        if self._bytes:
            font = self._state.font
            encoding = self.encoding if font is None else self._fonts.get(font, self.encoding)
            text, sure = decode_bytes(bytes(self._bytes), encoding)
            self._bytes.clear()
            if self._emit(text) and not sure:
                self.unsure += 1

    def _emit(self, text: str) -> bool:
        """Put text where it belongs; say whether it is to be read."""
        state = self._state
        if state.purpose in ("stylesheet", "fonttbl") or state.purpose in _FIELDS:
            self._aside.append(text)
            return False
        if state.purpose in ("unread", "info") or state.hidden or state.deleted:
            return False
        self._layout().add(text, bold=state.bold)
        return True

    def _end_paragraph(self) -> None:
        if self._state.purpose in ("body", "note", "edge"):
            self._layout().end_paragraph(self._depth(), heading=self._heading)

    def _layout(self) -> Layout:
        return self._layouts[-1][1] if self._layouts else self.body

    def _depth(self) -> int:
        if self._layouts:
            return 0
        return max(self._nesting, int(self._in_table))
