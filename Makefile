# mailbot: each target does its own set-up in .venv; nothing outside this folder is touched.
PYTHON ?= python3
BIN := .venv/bin
CODE := mailbot tests benchmarks

# A file of tests stays on one core: its servers are started once, and its tests do not run beside each other.
PYTEST := $(BIN)/python -m pytest -q -n auto --dist loadfile
# What opens no server and starts no process.
PURE := tests/unit/meeting tests/unit/inbound tests/unit/threads tests/unit/outbound tests/unit/languages tests/unit/config tests/unit/test_address.py tests/test_*.py

# What takes the branches of meeting, store and delivery; the year of forty pairs takes too long while they are counted.
COVER := tests/unit tests/journeys --ignore=tests/journeys/test_year.py --ignore=tests/unit/inbound --ignore=tests/unit/languages --ignore=tests/unit/transport

.PHONY: demo quick test check cover format bench cases faults clean

.venv/.ready: requirements.txt requirements-dev.txt
	@echo "Setting up .venv; this takes a minute, once."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@

demo: .venv/.ready
	@$(BIN)/python -m mailbot demo

quick: .venv/.ready
	$(PYTEST) -m 'not slow' $(PURE)

test: .venv/.ready
	$(PYTEST)

# Each of the three rooms that nothing may slip through keeps 95 % of its lines and branches (97 in November 2026).
cover: .venv/.ready
	$(PYTEST) --cov --cov-report=term $(COVER)
	@for room in meeting store service/delivery; do \
	    printf 'mailbot/%s: ' $$room; \
	    $(BIN)/python -m coverage report --include="mailbot/$$room/*" --format=total --fail-under=95 || exit 1; \
	done

check: .venv/.ready
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_*.py

format: .venv/.ready
	$(BIN)/ruff format $(CODE)

bench: .venv/.ready
	$(BIN)/python -m benchmarks

cases: .venv/.ready
	$(BIN)/python -m benchmarks.cases

faults: .venv/.ready
	$(BIN)/python -m benchmarks.faults

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage build dist
