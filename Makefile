# Everything a bare clone needs: Debian 12 (or alike) with python3.11-venv, pip and make.
# What is made once is remembered by a stamp file and made again only when its inputs change.
.DEFAULT_GOAL := help
.PHONY: help demo dev test test-fast chaos check bench lighthouse pictures reference words assets wheel lock clean browser-tools servers
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install

help: ## say what can be made
	@grep -hE '^[a-z-]+: .*## ' Makefile | sed -E 's/^([a-z-]+): [^#]*## /\1\t/' | expand -t 16

demo: .venv/.package assets ## set everything up and run a newsroom with a live blog under way
	@$(BIN)/stoppress demo $(DEMO)

dev: .venv/.package .venv/.dev assets ## the same from your checkout: restarts when Python, rebuilds when web/ changes
	@$(BIN)/python ops/dev.py $(DEV)

test: .venv/.package .venv/.dev assets browser-tools servers ## the whole test suite: SQLite, PostgreSQL, web, faults, browser
	@$(BIN)/python tests/suite.py sqlite postgres web faults browser

test-fast: .venv/.package .venv/.dev assets ## what answers within a minute: SQLite and web
	@$(BIN)/python tests/suite.py fast web

chaos: .venv/.package .venv/.dev assets ## break everything at full length, print the table, write docs/explanation/faults.md
	@$(BIN)/python -m tests.chaos.run $(CHAOS)

check: .venv/.package .venv/.dev assets ## lint, formatting, types, documentation, tidiness
	@$(BIN)/python tests/suite.py lint format types web-types docs

bench: .venv/.package .venv/.dev assets servers ## measure, print the table, write docs/explanation/performance.md
	@sh bench/tools.sh
	@$(BIN)/python -m bench.run $(BENCH)

lighthouse: .venv/.package .venv/.dev assets browser-tools bench/lighthouse/node_modules/.stamp ## measure the reader's and the desk's page on a phone
	@$(BIN)/python -m bench.reader_page
	@$(BIN)/python -m bench.desk_page

bench/lighthouse/node_modules/.stamp: bench/lighthouse/package-lock.json | .venv/.runtime
	@echo "Installing Lighthouse (once)…"
	@npm ci --silent --prefix bench/lighthouse
	@touch $@

pictures: .venv/.package .venv/.dev assets browser-tools ## take docs/images anew from a running demo
	@PYTHONPATH=. $(BIN)/python docs/images/take.py

reference: .venv/.package .venv/.dev assets ## write the generated parts of docs/reference anew
	@$(BIN)/python -m tests.docs.generated

words: .venv/.package ## bring the translators' catalogues up to what the interface says
	@$(BIN)/python -m ops.words

assets: src/stoppress/static/manifest.json ## build the browser's files into the package

wheel: .venv/.dev assets ## build dist/stoppress-*.whl, browser files inside
	@$(BIN)/python -m build --wheel --no-isolation

lock: .venv/bin/python ## resolve requirements/*.lock anew from pyproject.toml
	@$(PIP) uv==$(UV_VERSION)
	@$(LOCK) pyproject.toml --output-file requirements/runtime.lock
	@$(LOCK) --group pyproject.toml:build --output-file requirements/build.lock
	@$(LOCK) pyproject.toml --group dev --output-file requirements/dev.lock

LOCK = $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command "make lock"

clean: ## remove everything that was made here, but no newsroom's data
	rm -rf .venv node_modules dist build src/stoppress/static
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- how the parts are made ----------------------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Expected Python 3.11 or newer as $(PYTHON); name another with PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python could not make .venv; on Debian: apt-get install python3.11-venv"; exit 1; }

.venv/.runtime: requirements/runtime.lock requirements/build.lock | .venv/bin/python
	@echo "Installing Python packages (once)…"
	@$(PIP) --no-deps --require-hashes -r requirements/runtime.lock
	@$(PIP) --no-deps --require-hashes -r requirements/build.lock
	@touch $@

.venv/.dev: requirements/dev.lock | .venv/.runtime
	@echo "Installing the packages that tests and checks need (once)…"
	@$(PIP) --no-deps --require-hashes -r requirements/dev.lock
	@touch $@

.venv/.package: pyproject.toml | .venv/.runtime
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc | .venv/.runtime
	@echo "Installing what builds the browser's files (once)…"
	@npm ci --silent
	@touch $@

WEB := $(shell find web -type f ! -name '*.test.ts') $(wildcard src/stoppress/document/schema.json)
src/stoppress/static/manifest.json: $(WEB) tsconfig.json node_modules/.stamp
	@npm run --silent build

# Chromium and Java (for the HTML checker) cannot come from PyPI or npm: Debian's are taken when we may install.
browser-tools: .venv/.dev
	@sh tests/e2e/tools.sh

# Nor can nginx and Redis: what is missing is unpacked into .venv/servers, and nothing is installed or started.
servers: .venv/.dev
	@sh tests/servers.sh
