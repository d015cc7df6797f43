"""Modules that read what strangers send are used in the one place that makes each safe, or nowhere."""

from __future__ import annotations

import pytest

ARCHIVES = ("qualcase/readers/safe_zip.py",)
XML = ("qualcase/readers/safe_xml.py",)
YAML = ("qualcase/codebook/yaml_file.py",)
WORD = ("qualcase/readers/docx.py", "qualcase/reports/docx.py")

ALLOWED = {
    "zipfile": ARCHIVES,
    "tarfile": ARCHIVES,
    "xml": XML,
    "lxml": XML,
    "yaml": YAML,
    "ruamel": YAML,
    "docx": WORD,
    # These run what they read.
    "pickle": (),
    "joblib": (),
    "shelve": (),
    "marshal": (),
    "dill": (),
    "cloudpickle": (),
    # Participants' words never leave the machine.
    "socket": (),
    "ssl": (),
    "http": (),
    "urllib.request": (),
    "requests": (),
    "httpx": (),
    "aiohttp": (),
}


def misplaced(module):
    """List the imports of a module that it may not have."""
    return [
        f"{module.path} imports {name}"
        for name in module.imports()
        for forbidden, homes in ALLOWED.items()
        if (name == forbidden or name.startswith(f"{forbidden}.")) and module.path not in homes
    ]


def test_no_module_imports_what_is_not_its_to_import(package):
    assert [fault for module in package for fault in misplaced(module)] == []


@pytest.mark.parametrize("name", ALLOWED)
def test_each_forbidden_import_is_found_at_the_top_and_inside_a_function(sample, name):
    assert misplaced(sample(f"import {name}"))
    assert misplaced(sample(f"def read():\n    from {name} import thing"))


def test_submodules_and_aliases_are_found(sample):
    assert misplaced(sample("import xml.etree.ElementTree as tree"))
    assert misplaced(sample("from urllib import request"))


def test_the_one_place_may(sample):
    assert misplaced(sample("import zipfile", "qualcase/readers/safe_zip.py")) == []


def test_names_that_only_begin_alike_are_fine(sample):
    assert misplaced(sample("import xmlish\nimport httpish")) == []


def test_imports_for_types_alone_are_fine(sample):
    assert (
        misplaced(sample("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from lxml import etree"))
        == []
    )
