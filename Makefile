# The whole interface of the checkout. Each target first makes .venv from the pinned requirements; once that is done,
# nothing here asks the network for anything (`make lock` apart).
#
#   make serve [ARGS=...]   set up and serve the pages on this machine
#   make test  [ARGS=...]   run the tests          (ARGS goes to pytest: make test ARGS="-k ledger")
#   make lint               format, style, types, floors of the house, dependencies
#   make bench [ARGS=...]   measure
#   make mutate [ARGS=...]  change one thing in a rule at a time: does a case notice?   (ARGS names rulebooks)
#   make oracle [ARGS=...]  hold both evaluators against a logic program   (ARGS: how many histories, seed)
#   make fuzz [ARGS=...]    ask the API thousands of questions made from its own document
#   make docs               build the documentation into site/
#   make lock  [ARGS=...]   compile requirements/*.txt anew (ARGS=--upgrade for newer releases)
#   make clean              remove .venv, site/ and caches
#
# PYTHON is the interpreter that .venv is made from: make serve PYTHON=python3.13

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV := uv==0.13.9

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test lint bench mutate oracle fuzz docs lock clean

help:
	@sed -n 's/^#   //p' Makefile

# ---------------------------------------------------------------- .venv

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Good Offices needs Python 3.11 or newer, found " + sys.version.split()[0] + ": make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# The second pip call builds the editable install with the pinned hatchling: no index, no isolated build.
$(VENV)/.stamp-%: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo "Installing requirements/$*.txt into $(VENV)"
	@$(PIP) install --require-hashes -r $<
	@$(if $(filter docs,$*),true,$(PIP) install --no-index --no-deps --no-build-isolation --editable .)
	@touch $(if $(filter dev,$*),$(VENV)/.stamp-runtime) $@

# ---------------------------------------------------------------- targets

serve: $(VENV)/.stamp-runtime
	$(BIN)/goodoffices serve $(ARGS)

# tools/ensure-chromium names the browser, or says on one line what to install.
test: $(VENV)/.stamp-dev
	@if browser="$$(tools/ensure-chromium)"; then \
	  GOODOFFICES_CHROMIUM="$$browser" $(BIN)/python -m pytest --numprocesses=auto --dist=loadfile $(ARGS); \
	else \
	  $(BIN)/python -m pytest --numprocesses=auto --dist=loadfile -m "not browser" $(ARGS); \
	fi

lint: $(VENV)/.stamp-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports
	$(BIN)/deptry src

bench: $(VENV)/.stamp-dev $(VENV)/.stamp-bench
	$(BIN)/python bench/run.py $(ARGS)
	$(BIN)/python bench/pages.py $(ARGS)

# Slower than the tests: half an hour at most, here and in `make test` nothing waits for it.
mutate: $(VENV)/.stamp-dev
	timeout 1800 $(BIN)/python tools/mutate.py $(ARGS)

# clingo is the third opinion: a minute and a half, twenty minutes at most.
oracle: $(VENV)/.stamp-dev $(VENV)/.stamp-bench
	timeout 1200 $(BIN)/python tools/oracle.py $(ARGS)

# Two thousand questions and more: a quarter of an hour at most.
fuzz: $(VENV)/.stamp-dev
	timeout 900 $(BIN)/python tools/fuzz_api.py $(ARGS)

# The built pages may load nothing from elsewhere: no font, no script, no picture.
docs: $(VENV)/.stamp-docs
	$(BIN)/zensical build --clean --strict
	@if grep -rnoE --include='*.html' '<(script|img|iframe)[^>]* src="?(https?:)?//[^>]*|<link[^>]*href="?(https?:)?//[^>]*' site; then \
	  echo "The built pages load the files above from elsewhere; documentation must work without a network." >&2; exit 1; \
	fi

# Resolved for Python 3.11 and later on Linux and macOS at once; hashes of every file; no index address in the result.
COMPILE = $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --strip-extras --custom-compile-command "make lock" $(ARGS)

lock: | $(BIN)/python
	@test -x $(VENV)/lock/bin/uv || { $(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check $(UV); }
	$(COMPILE) pyproject.toml requirements/runtime.in --extra postgres --output-file requirements/runtime.txt
	$(COMPILE) pyproject.toml requirements/dev.in --extra postgres --group dev --output-file requirements/dev.txt
	$(COMPILE) requirements/docs.in --group docs --output-file requirements/docs.txt
	$(COMPILE) requirements/bench.in --group bench --output-file requirements/bench.txt

clean:
	rm -rf $(VENV) site .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
