"""The manifest says what was read; its hash moves with the content and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.manifest import content_hash, manifest_of

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData


def test_it_names_layer_codebooks_filters_and_parameters(data: CodedData) -> None:
    manifest = manifest_of(
        replace(data, filters=("coder = Anna",)), filters=("phase = P1",), rows="code", cell="count"
    )
    assert manifest.layer == "all coders"
    assert manifest.codebook_version == "four 2, cop 1"
    assert manifest.filters == ("coder = Anna", "phase = P1")
    assert manifest.sources == 4
    assert list(manifest.parameters.items()) == [("cell", "count"), ("rows", "code")]
    assert len(manifest.hash) == 64


def test_displays_of_one_state_share_a_hash(data: CodedData) -> None:
    assert manifest_of(data, rows="code").hash == manifest_of(data, rows="case").hash


def test_ids_drawn_at_random_do_not_move_it(data: CodedData) -> None:
    renamed = replace(data.codings, uid=tuple("uvwxyz"))
    assert content_hash(replace(data, codings=renamed)) == content_hash(data)


def test_the_order_of_codings_on_one_passage_does_not_move_it(data: CodedData) -> None:
    swap = np.array([0, 2, 1, 3, 5, 4])
    one = data.codings
    turned = replace(
        one,
        uid=tuple(one.uid[place] for place in swap),
        code=one.code[swap],
        coder=one.coder[swap],
        speaker=one.speaker[swap],
        voice=one.voice[swap],
        valence=one.valence[swap],
        key=one.key[swap],
        unaided=one.unaided[swap],
        case_coding=swap[one.case_coding],
    )
    assert content_hash(replace(data, codings=turned)) == content_hash(data)


def test_any_content_moves_it(data: CodedData) -> None:
    one = data.codings
    wider = replace(one, end=one.end + np.array([0, 0, 0, 1, 0, 0]))
    elsewhere = replace(one, case_case=np.array([0, 0, 0, 0, 1, 1, 1]))
    retold = replace(
        data.chronology,
        events=(replace(data.chronology.events[0], title="Else"), *data.chronology.events[1:]),
    )
    hashes = {
        content_hash(changed)
        for changed in (
            data,
            replace(data, codings=wider),
            replace(data, codings=elsewhere),
            replace(data, codings=replace(one, key=~one.key)),
            replace(data, chronology=retold),
            replace(data, sources=(replace(data.sources[0], sha256="other"), *data.sources[1:])),
            replace(data, coders=("Anna", "Cem")),
            replace(data, layer="consensus"),
        )
    }
    assert len(hashes) == 8
