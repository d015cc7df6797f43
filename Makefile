# Needs only Python 3.11 or later, make, and the package index that pip is set up to use.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
WORKERS ?= 2
DEMO ?= exports/demo
# What benchmarks time qualcase beside needs older libraries, and so a place of its own.
BESIDE := $(VENV)/beside

.DEFAULT_GOAL := help
.PHONY: help demo test check shared bench lock clean

help:  ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(VENV)/.run  ## build the demonstration project, its exports and its report in exports/demo
	@rm -rf $(DEMO)
	$(BIN)/qualcase demo $(DEMO)
	@echo
	@echo "The case report, to open in a browser:"
	@find "$(CURDIR)/$(DEMO)" -name 'report.html' | sed 's/^/  /'

test: $(VENV)/.dev  ## run every test that needs nothing but this clone
	$(BIN)/python -m pytest -n $(WORKERS) -q -m "not shared"

shared: $(VENV)/.dev  ## run the tests that read the shared material beside this clone
	$(BIN)/python -m pytest -n $(WORKERS) -q -m shared

check: $(VENV)/.dev  ## style, types, floors and the rest of the architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/architecture

bench: $(VENV)/.dev $(BESIDE)/.bench  ## time what users wait for
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/importing.py --taguette $(BESIDE)/bin/python

lock:  ## renew the pinned requirements from pyproject.toml
	$(PYTHON) requirements/lock.py

clean:  ## remove what make has made
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A stamp a set of requirements: nothing is installed again until a pin or pyproject.toml changes.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qualcase needs Python 3.11 or later; say which with: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml requirements/run.txt | $(VENV)/bin/python
	$(PIP) install -qq --require-hashes -r requirements/run.txt
	$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) install -qq --require-hashes -r requirements/dev.txt
	@touch $@

$(BESIDE)/.bench: requirements/bench.txt | $(VENV)/bin/python
	$(PYTHON) -m venv $(BESIDE)
	$(BESIDE)/bin/python -m pip --disable-pip-version-check --no-input install -qq --require-hashes -r requirements/bench.txt
	@touch $@
