"""What works on every screen: menu, commands, colours, the way back, own keys, a second writer."""

from __future__ import annotations

import logging

import pytest
from bench import make_app, open_bench

from qualcase.tui.app import NOTICE_LOOKS
from qualcase.tui.clerk import Clerk
from qualcase.tui.errors import KeysFileError
from qualcase.tui.key_tables import all_tables
from qualcase.tui.keymap import read_keymap
from qualcase.tui.keys.common import EVERYWHERE
from qualcase.tui.memory import Memory
from qualcase.tui.themes import THEMES
from qualcase.tui.widgets.styles import LOOKS


async def test_the_menu_goes_where_its_letter_says(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("n", "g")
        assert any("Coding" in line and " c " in line for line in bench.lines())
        await bench.press("c")
        assert bench.document.source.handle == "S2"


async def test_back_returns_to_where_one_was(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("l", "l", "g", "c", "n", "backspace")
        assert bench.document.source.handle == "S1"
        assert bench.selected == "Ms"
        await bench.press("backspace")
        assert "This is where you began." in bench.status


async def test_a_command_is_found_by_what_it_does(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("colon", *"next source", "enter")
        assert bench.document.source.handle == "S2"
        await bench.press("colon", *"beginning of the", "enter", "colon", *"the next word", "enter")
        assert bench.selected == "notes"


async def test_colours_change_and_are_remembered(bench_on, project):
    async with bench_on(project) as bench:
        seen = [bench.app.theme]
        for _ in range(4):
            await bench.press("f9")
            seen.append(bench.app.theme)
        assert seen == ["dark", "light", "high contrast", "monochrome", "dark"]
        assert bench.app.bench.memory.setting("theme", "") == "dark"


async def test_another_program_that_writes_is_noticed(bench_on, project):
    async with bench_on(project) as bench:
        [(source, _)] = [one for one in project.texts if one[0].handle == "S1"]
        project.make(source, "NS.THREAT", 0, 9)
        project.written_elsewhere += 1
        await bench.app._look()
        await bench.settle()
        assert bench.codes == [("NS.THREAT", "Interview")]
        assert "Another program has changed the project" in bench.status
        for _ in range(NOTICE_LOOKS):
            assert "Another program has changed the project" in bench.status
            await bench.app._look()
        assert "Another program" not in bench.status
        project.written_elsewhere += 1
        await bench.app._look()
        bench.screen.say("Said since.")
        for _ in range(NOTICE_LOOKS):
            await bench.app._look()
        assert "Said since." in bench.status


async def test_a_backup_that_failed_beside_the_work_is_told_once(bench_on, project):
    async with bench_on(project) as bench:
        logging.getLogger("qualcase.storage.keeping").warning("No backup of %s could be made.", "study")
        await bench.app._look()
        assert "No backup of study could be made." in bench.status
        bench.screen.say("Said since.")
        await bench.app._look()
        assert "Said since." in bench.status
    assert logging.getLogger("qualcase.storage.keeping").handlers == []


async def test_who_wants_no_colour_gets_none_whatever_was_chosen_before(project, tmp_path, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    memory = Memory(tmp_path / "state.json")
    memory.set("theme", "light")
    clerk = Clerk()
    async with make_app(project, clerk, memory).run_test() as pilot:
        await pilot.pause()
        assert pilot.app.theme == "monochrome"
    clerk.close()
    assert memory.setting("theme", "") == "light"


@pytest.mark.parametrize("theme", ["light", "nonsense"])
async def test_the_colours_last_chosen_are_there_again(project, theme, tmp_path):
    memory = Memory(tmp_path / "state" / "workbench.json")
    memory.set("theme", theme)
    again = Memory(tmp_path / "state" / "workbench.json")
    clerk = Clerk()
    async with make_app(project, clerk, again).run_test() as pilot:
        await pilot.pause()
        assert pilot.app.theme == ("light" if theme == "light" else "dark")
    clerk.close()


def test_memory_is_private_and_a_damaged_one_is_begun_anew(tmp_path):
    path = tmp_path / "state" / "workbench.json"
    Memory(path).opened(tmp_path / "gone.qualcase")
    assert path.stat().st_mode & 0o777 == 0o600
    assert Memory(path).recent() == []
    (tmp_path / "gone.qualcase").touch()
    assert Memory(path).recent() == [tmp_path / "gone.qualcase"]
    for damaged in ("{", "[]", '{"settings": 3, "recent": {}}'):
        path.write_text(damaged, encoding="utf-8")
        assert Memory(path).recent() == []
        assert Memory(path).setting("theme", "dark") == "dark"


async def test_a_person_may_have_other_keys(project, tmp_path):
    file = tmp_path / "keys.toml"
    file.write_text('[keys]\n"source.next" = "."\n"code.again" = "n"\n', encoding="utf-8")
    keymap = read_keymap(file, all_tables())
    clerk = Clerk()
    app = make_app(project, clerk, keymap=keymap)
    async with app.run_test(size=(160, 30)) as pilot:
        await pilot.pause(0.2)
        await pilot.press("full_stop")
        await app.workers.wait_for_complete()
        assert app.place.session.document.source.handle == "S2"
        await pilot.press("n")
        await pilot.pause()
        assert "No code has been applied yet" in "".join(
            text for line in app.place.query_one("#status").lines for text, _ in line
        )
    clerk.close()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[keys", "cannot be read as TOML"),
        ('[keys]\ncode = ["c"]', "is given its keys as text"),
        ('[keys]\nnothing = "x"', "there is no such action"),
        ('[keys]\ncode = "q"', "gives q to"),
        ('[keys]\ncode = "f66"', "no key is called that"),
        ('[keys]\ncode = "hyper+nonsense"', "no key is called that"),
    ],
)
def test_a_file_of_keys_that_cannot_be_used_says_why(tmp_path, text, reason):
    file = tmp_path / "keys.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(KeysFileError, match=reason):
        read_keymap(file, all_tables())


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("%", "percent_sign"),
        ("-", "minus"),
        ("F", "F"),
        ("ctrl+t", "ctrl+t"),
        ("é", "é"),
        ("f12,_", "f12,underscore"),
    ],
)
def test_signs_and_letters_may_be_written_as_they_are(tmp_path, written, named):
    file = tmp_path / "keys.toml"
    file.write_text(f'[keys]\n"theme" = "{written}"\n', encoding="utf-8")
    assert read_keymap(file, [(EVERYWHERE,)]).changed == {"theme": named}


async def test_a_notice_is_shown_when_the_screen_opens(project):
    clerk = Clerk()
    app = make_app(project, clerk, notice="keys.toml cannot be read.")
    async with app.run_test(size=(120, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.place._message == ("keys.toml cannot be read.", True)
    clerk.close()


async def test_what_is_written_elsewhere_is_asked_for_by_the_one_thread(project):
    async with open_bench(project) as bench:
        await bench.app._look()
        assert len(project.threads) == 1


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_that_is_written_can_be_read(theme):
    least = 7 if theme.name == "high contrast" else 4.5
    named = {"foreground": theme.foreground, "accent": theme.accent, "warning": theme.warning}
    named |= {"secondary": theme.secondary, "primary": theme.primary, **theme.variables}
    grounds = {"background": theme.background, "surface": theme.surface}
    faults = {
        (name, ground): round(contrast(named[look.colour], colour), 2)
        for name, look in LOOKS.items()
        if look.colour and not look.ground
        for ground, colour in grounds.items()
        if contrast(named[look.colour], colour) < least
    }
    assert faults == {}
    for look in LOOKS.values():
        if look.ground:
            letters = named[look.colour or "foreground"]
            assert contrast(letters, named[look.ground]) >= 4.5


async def test_ctrl_c_ends_nothing_and_says_what_does(bench_on, project):
    async with bench_on(project, (80, 24)) as bench:
        await bench.press("ctrl+c")
        assert bench.status.strip().startswith("q quits; what was done is in the file already.")
        assert not any("Do you want to quit" in line for line in bench.lines())
        assert bench.app.return_code is None
