# mailbot: each target does its own set-up in .venv; nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench cases faults clean

.venv/.ready: requirements.txt
	@echo "Setting up .venv; this takes a minute, once."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

demo: .venv/.ready
	@$(BIN)/python -m mailbot demo

test: .venv/.ready
	$(BIN)/python -m pytest

check: .venv/.ready
	$(BIN)/ruff check mailbot tests benchmarks
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_rooms.py

bench: .venv/.ready
	$(BIN)/python -m benchmarks

cases: .venv/.ready
	$(BIN)/python -m benchmarks.cases

faults: .venv/.ready
	$(BIN)/python -m benchmarks.faults

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
