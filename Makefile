# make demo    the example centre, issued, built and served (LAN=1: for a phone in the same network)
# make test    every test; what they need is fetched first
# make check   linters, types and tests, as CI runs them
# make bench   the numbers that we hold ourselves to, measured here
# make pictures  docs/pictures anew

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DIR ?= demo
PORT ?= 8000
LAN_OPTION := $(if $(LAN),--lan,)

.PHONY: demo install test check lint bench pictures requirements clean

demo: $(VENV)/installed
	$(BIN)/asnad demo $(DIR) --port $(PORT) $(LAN_OPTION)

install: $(VENV)/installed

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Asnad needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml hatch_build.py | $(VENV)/bin/python
	@echo "Fetching about 120 MB of packages once (60 MB of it a build tool for the verifier's page) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

$(VENV)/developing: pyproject.toml requirements-dev.txt hatch_build.py | $(VENV)/bin/python
	@echo "Fetching about 300 MB of packages for the tests once ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/installed

$(VENV)/node: site_overrides/verifier/package-lock.json tests/foreign/package-lock.json | $(VENV)/developing
	$(BIN)/python tests/node_packages.py site_overrides/verifier tests/foreign
	@touch $@

build_tools/asnad/_packaged/stamp.txt: $(VENV)/developing FORCE
	@$(BIN)/python hatch_build.py

FORCE:

test: $(VENV)/developing $(VENV)/node build_tools/asnad/_packaged/stamp.txt
	$(BIN)/python tests/install_browser.py
	PATH="$$($(BIN)/python tests/node_packages.py):$$PATH" node --test "tests/verifier/*.test.ts" "tests/finding/*.test.ts"
	PATH="$$($(BIN)/python tests/node_packages.py):$$PATH" $(BIN)/python -m pytest -n 2

lint: $(VENV)/developing $(VENV)/node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PATH="$$($(BIN)/python tests/node_packages.py):$$PATH" site_overrides/verifier/node_modules/.bin/tsc --noEmit --project site_overrides/verifier
	PATH="$$($(BIN)/python tests/node_packages.py):$$PATH" site_overrides/verifier/node_modules/.bin/tsc --noEmit --project site_overrides/finding

check: lint test

bench: $(VENV)/developing $(VENV)/node build_tools/asnad/_packaged/stamp.txt
	$(BIN)/python tests/bench/bench.py

pictures: $(VENV)/developing build_tools/asnad/_packaged/stamp.txt
	$(BIN)/python tests/pictures.py

requirements: $(VENV)/developing
	$(BIN)/python tests/lock_requirements.py

clean:
	rm -rf $(VENV) demo site dist build_tools/asnad/_packaged
