from __future__ import annotations

from qualcase.text.visible import make_visible, make_visible_line


def test_what_could_steer_a_terminal_becomes_a_symbol() -> None:
    assert make_visible("a\x1b]52;c;x\x07 b\x08 c\rd\x7f") == "a␛]52;c;x␇ b␈ c␍d␡"
    assert make_visible("\x9b31m") == "␦31m"
    assert make_visible("a\u202eb\u202c\u2066c\u2069") == "a⇦b⇧⇨c⇧"


def test_lines_tabs_and_every_script_stay() -> None:
    assert make_visible("a\tb\nØ 漢 👩\u200d🔬") == "a\tb\nØ 漢 👩\u200d🔬"


def test_offsets_stay_the_same_and_the_result_can_be_written() -> None:
    text = "".join(map(chr, range(0x3000))) + "\ud800\udfff\U000e0041"
    shown = make_visible(text)
    assert len(shown) == len(text)
    shown.encode()
    assert not any(ord(one) < 0x20 and one not in "\n\t" for one in shown)


def test_a_name_is_one_line() -> None:
    assert make_visible_line("evil\nname\x1b[2J.txt") == "evil␊name␛[2J.txt"
