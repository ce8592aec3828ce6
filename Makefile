# Two commands: `make run` starts Recoup, `make test` checks everything. Both install what is missing.
# The second time a stamp file below .venv says that nothing has to be done.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/stamps
PYTHON ?= python3
SHARED ?= ../shared
# Compiled files are kept: each process would compile the whole program anew otherwise.
unexport PYTHONDONTWRITEBYTECODE
# Two tests at a time, even where a machine shows more cores than it gives.
TEST_PROCESSES ?= 2
# A file stays together; files come in our order, long ones first.
IN_PARALLEL = -n $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder

.PHONY: help run test lint types unit browser corpus bench deep lock messages doctor clean
help:
	@echo "make run       start Recoup (Ctrl-C stops it)"
	@echo "make test      linters, types, all tests, the corpus"
	@echo "make doctor    say what is missing or wrong"
	@echo "make lint | types | unit | browser | corpus     parts of make test"
	@echo "make deep      the long form of the reliability rows"
	@echo "make bench     benchmarks"
	@echo "make messages  compile the German texts and list what is missing"
	@echo "make lock      renew the pinned libraries"

run: $(STAMP)/installed
	@exec $(BIN)/recoup up

doctor: $(STAMP)/installed
	@$(BIN)/recoup doctor

# pytest comes last, so that its closing line is the last of the output.
test: $(STAMP)/dev-installed lint types corpus
	$(BIN)/python -m pytest $(IN_PARALLEL) -m "not deep"

unit: $(STAMP)/dev-installed
	$(BIN)/python -m pytest $(IN_PARALLEL) -m "not deep and not browser"

browser: $(STAMP)/dev-installed
	$(BIN)/python -m pytest -m "browser and not deep"

lint: $(STAMP)/dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)/dev-installed
	$(BIN)/mypy

corpus: $(STAMP)/dev-installed
	@if [ -d "$(SHARED)/samples" ]; then \
		$(BIN)/python -m tests.corpus "$(SHARED)"; \
	else \
		echo "The corpus is skipped: $(SHARED)/samples is not there."; \
	fi

deep: $(STAMP)/dev-installed
	$(BIN)/python -m pytest $(IN_PARALLEL) --hypothesis-profile=default -m deep

bench: $(STAMP)/dev-installed
	@for script in tests/bench/bench_*.py; do \
		echo "== $$script"; $(BIN)/python "$$script"; \
	done

messages: $(STAMP)/installed
	$(BIN)/python -m agency.messages compile
	$(BIN)/python -m agency.messages check

# Needs uv; the locks hold versions and hashes only, no addresses.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml
lock:
	$(LOCK) --extra build --output-file requirements.lock
	$(LOCK) --extra build --extra dev --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# --- Installation -------------------------------------------------------------------------------

$(STAMP)/system: .ci/install-system
	@bash .ci/install-system run
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/dev-system: .ci/install-system $(STAMP)/system
	@bash .ci/install-system test
	@touch $@

$(STAMP)/venv: $(STAMP)/system
	@if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		python=$$(bash .ci/find-python $(PYTHON)); \
		"$$python" -m venv --clear $(VENV); \
	fi
	@mkdir -p $(STAMP) && touch $(STAMP)/system $@

# Libraries first, each checked against its hash; then the project itself, which builds with the
# pinned setuptools and takes nothing else from anywhere.
$(STAMP)/installed: $(STAMP)/venv requirements.lock pyproject.toml
	@echo "Installing the Python libraries ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMP)/dev-installed: $(STAMP)/dev-system $(STAMP)/installed requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
