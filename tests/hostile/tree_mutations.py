"""Ways to damage the tree in a file, so that it stays well formed and the reader behind the parser is met."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import random

WORDS = (
    "", " ", "x", "-1", "0", "1", "99999999999999999999", "1e999", "NaN", "ZZZZ99", "A0", "A1:XFD1048576",
    "I: How?", "P1 [00:03]:", "00:99:99", "9" * 400, "( " * 200, "true", "\u2028", "\u202e", "\u0301", "😀",
    "../../x", "rId9", "http://127.0.0.1:9/x", "s", "d", "e", "inlineStr", "2019-13-45T99:00:00Z",
    "\t", "\n\n", "\u00a0", "%2e%2e/%2e", "a\rb",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1.5, 1e308, [], {}, [[]], [None], {"": None}, {"text": None},
    {"items": {}}, ["x", 1], *WORDS,
)  # fmt: skip


def damage_xml(data: bytes, chance: random.Random) -> bytes:
    """Return XML with one to four of its elements changed, moved, doubled or taken out."""
    root = ET.fromstring(data)  # noqa: S314 - our own small files
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change_element(root, chance)
    return ET.tostring(root)


def _change_element(root: ET.Element, chance: random.Random) -> None:
    everyone = list(root.iter())
    one, other = chance.choice(everyone), chance.choice(everyone)
    way = chance.randrange(8)
    if way == 0:
        one.text = chance.choice(WORDS)
    elif way == 1:
        one.tail = chance.choice(WORDS)
    elif way == 2:
        one.tag = other.tag
    elif way == 3 and len(one):
        del one[chance.randrange(len(one))]
    elif way == 4 and one is not root:
        # A copy, lest an element stand within itself.
        other.append(copy.deepcopy(one))
    elif way == 5 and one.attrib:
        one.attrib[chance.choice(list(one.attrib))] = chance.choice(WORDS)
    elif way == 6 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    else:
        one.attrib.update({key: chance.choice((value, "0", "-1")) for key, value in other.attrib.items()})


def damage_json(data: bytes, chance: random.Random) -> bytes:
    """Return JSON with one to four of its values changed, doubled or taken out."""
    value = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        _change_value(value, chance)
    return json.dumps(value).encode()


def _change_value(value: Any, chance: random.Random) -> None:
    places = [
        (held, key)
        for held in _holders(value)
        for key in (held if isinstance(held, dict) else range(len(held)))
    ]
    if not places:
        return
    held, key = chance.choice(places)
    way = chance.randrange(4)
    if way == 0:
        del held[key]
    elif way == 1:
        other, name = chance.choice(places)
        # A copy, lest a list hold itself.
        held[key] = copy.deepcopy(other[name])
    elif way == 2 and isinstance(held, list):
        held.extend(copy.deepcopy(held[key : key + 1]) * chance.choice((1, 3)))
    else:
        held[key] = copy.deepcopy(chance.choice(VALUES))


def _keys(held: Any) -> list[Any]:
    return list(held) if isinstance(held, dict) else list(range(len(held)))


def _holders(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value, *(one for inner in value.values() for one in _holders(inner))]
    if isinstance(value, list):
        return [value, *(one for inner in value for one in _holders(inner))]
    return []
