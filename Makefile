# Thin targets; each says what it needs. Python 3.11 or newer and make are enough to begin with.
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2

.PHONY: run setup test test-postgres test-faults check bench accuracy styles clean load-workshop

run: setup
	$(BIN)/python -m tools.serve

setup: .venv/.installed
	$(BIN)/python -m tools.local_secrets

.venv/.installed: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

test: setup .venv/.installed-dev
	$(BIN)/python -m tools.programs_ready
	$(BIN)/pytest tests/domain
	$(BIN)/pytest -n $(JOBS) --dist worksteal --ignore tests/domain

# What axe sees of a page does not depend on the database.
test-postgres: setup .venv/.installed-dev
	$(BIN)/python -m tools.throwaway_postgres $(BIN)/pytest -n $(JOBS) --dist worksteal \
	  --ignore tests/domain --ignore tests/browser/test_accessibility.py

# FAULTS=small tries a few of each; without it the numbers are those of the promise (about half an hour).
test-faults: setup .venv/.installed-dev
	$(BIN)/pytest -n0 -s -o faulthandler_timeout=0 -m faults tests/faults
	PARTNERWIJZER_MUTATIONS=$(if $(filter small,$(FAULTS)),100,1000) $(BIN)/pytest -n0 -o faulthandler_timeout=0 tests/audit/test_mutations.py

check: setup .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates

bench: setup .venv/.installed-dev
	$(BIN)/python -m bench

accuracy: setup .venv/.installed-dev
	$(BIN)/python -m tests.addenda.layouts

load-workshop: setup .venv/.installed-dev
	$(BIN)/python -m bench.workshop

styles:
	npm install --no-package-lock --no-audit --no-fund
	npm run styles

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
