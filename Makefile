# Two commands on a fresh machine: `make run` and `make test`. Everything else is for those who change the project.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
MO := $(patsubst %.po,%.mo,$(wildcard branch_console/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help run test check bench soak screenshots frames lock clean

help:  ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Branch Console needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	$(BIN)/python -m compileall -q branch_console screens data
	touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

%.mo: %.po $(VENV)/.run
	$(BIN)/pybabel -q compile -i $< -o $@

run: $(VENV)/.run $(MO)  ## the whole product on this machine: database, central, an enrolled terminal, sample data, the console
	$(BIN)/branch-console demo

check: $(VENV)/.test $(MO)  ## formatting, lint, strict types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check  ## every check and every test
	$(BIN)/python -m pytest -n 4 --dist worksteal

bench: $(VENV)/.test $(MO)  ## measure side by side with bare Textual and raw PostgreSQL
	$(BIN)/python -m tests.bench

soak: $(VENV)/.test $(MO)  ## search long: properties with new values, the simulation of sync: make soak SEEDS=100000
	$(BIN)/python -m pytest -n 2 --dist worksteal --hypothesis-profile=search tests/rules tests/data tests/central/test_statistics_recount.py
	$(BIN)/python -m tests.simulation --seeds $(or $(SEEDS),20000)

screenshots: $(VENV)/.test $(MO)  ## export the real screens as SVG into docs/screens
	$(BIN)/python -m tests.screenshots docs/screens

frames: $(VENV)/.test $(MO)  ## make the frames anew that tests/screens/test_snapshots.py compares; look at the difference
	$(BIN)/python -m tests.screens.snapshots

lock:  ## solve the dependencies anew (needs uv on the path)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -q -o requirements-dev.lock

clean:  ## remove what the commands above made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache $(MO)
