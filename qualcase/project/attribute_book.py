"""What attributes there are while values come in: new ones are made, too narrow ones become text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.identity import new_uid
from qualcase.model.operation import Change
from qualcase.project.attribute_types import as_number, fits, infer_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualcase.model.operation import Fields
    from qualcase.storage.reading.attributes import StoredAttribute, StoredValue


class AttributeBook:
    """The attributes of one kind of owner (source, case, actor), and the values that are there."""

    def __init__(
        self, owner: str, attributes: Iterable[StoredAttribute], values: Iterable[StoredValue] = ()
    ) -> None:
        self._owner = owner
        self._known = {attribute.name: (attribute.uid, attribute.type) for attribute in attributes}
        self._values = {(value.owner_uid, value.attribute_uid): value for value in values}

    def set_values(
        self, owner_uid: str, values: Mapping[str, str], types: Mapping[str, str] | None = None
    ) -> Iterator[Change]:
        """Yield the changes that give one owner these values; `types` are of the whole columns.

        An empty value changes nothing: that nobody wrote anything is no answer.
        """
        for name, value in values.items():
            if value.strip():
                yield from self._attribute(name, value, (types or {}).get(name) or infer_type([value]))
                yield from self._value(owner_uid, *self._known[name], value.strip())

    def _attribute(self, name: str, value: str, kind: str) -> Iterator[Change]:
        known = self._known.get(name)
        if known is None:
            uid = new_uid()
            self._known[name] = (uid, kind)
            fields: Fields = {"name": name, "owner": self._owner, "type": kind}
            yield Change("attribute", uid, None, fields)
        elif not fits(value, known[1]):
            self._known[name] = (known[0], "text")
            yield Change("attribute", known[0], {"type": known[1]}, {"type": "text"})

    def _value(self, owner_uid: str, attribute_uid: str, kind: str, value: str) -> Iterator[Change]:
        fields: Fields = {"text": value, "number": as_number(value, kind)}
        held = self._values.get((owner_uid, attribute_uid))
        if held is None:
            identity: Fields = {"attribute": attribute_uid, "owner_uid": owner_uid}
            yield Change("attribute_value", new_uid(), None, identity | fields)
        elif held.text != value:
            yield Change("attribute_value", held.uid, {"text": held.text, "number": held.number}, fields)
