# Figurebase: `make` installs into .venv and builds facts/ from samples/. `make help` lists the rest.

PYTHON  ?= python3
# samples/ also holds a README, and as .csv the facts that we read in its articles: neither is an article.
SOURCES ?= $(filter-out samples/README.md %.csv,$(wildcard samples/*))
FACTS   ?= facts
JOBS    ?=
BASE    ?= HEAD
SECONDS ?= 60
SEED    ?= 0
QUERY   ?= select entity, metric, figure, period, modality from figures order by confidence desc, entity, metric limit 12

BIN   := .venv/bin
facts := $(BIN)/facts

.DEFAULT_GOAL := build
.PHONY: build test test-long test-matrix fuzz check diff docs samples bench clean help

build: .venv/.installed  ## build the database from SOURCES (samples) in FACTS (facts), and ask it something
	@$(facts) build $(SOURCES) -o $(FACTS) $(if $(JOBS),--jobs $(JOBS)) || test $$? -eq 3
	@echo "$(QUERY)"
	@$(facts) sql "$(QUERY)" -d $(FACTS)

test: .venv/.installed-dev  ## run the tests
	$(BIN)/pytest -n 2 -m "not long"

test-long: .venv/.installed-dev  ## run the tests that take minutes
	$(BIN)/pytest -n 2 -m long

test-matrix: .venv/.installed  ## run the tests with the oldest and the newest libraries on each Python that is here
	$(BIN)/python -m pip install -q --disable-pip-version-check "nox[uv]>=2024.10"
	PATH="$$PWD/$(BIN):$$PATH" $(BIN)/nox

fuzz: .venv/.installed-dev  ## change articles and files at random until something breaks (SECONDS=60 SEED=0)
	$(BIN)/python tests/fuzz.py --seconds $(SECONDS) --seed $(SEED)

check: .venv/.installed  ## run the examples of every metric (METRIC=revenue: of one)
	$(facts) check $(METRIC)

docs: .venv/.installed  ## write anew what is generated of the documentation: facts/README.md, docs/metrics.md, docs/cookbook.md
	@$(BIN)/python -m tests.docs

samples: .venv/.installed-dev  ## write anew what shows the results: samples/built.csv, outputs in README.md, docs/, notebooks/
	@$(BIN)/python -m tests.samples
	@$(BIN)/python -m tests.readme
	@$(BIN)/python -m tests.notebooks

diff: .venv/.installed  ## show what the uncommitted rules change in the facts of SOURCES (BASE=rev: against another commit)
	@rm -rf build/base && mkdir -p build/base && git archive $(BASE) | tar -x -C build/base
	@cd build/base && PYTHONPATH=$$PWD ../../$(BIN)/python -m extract.cli build $(abspath $(SOURCES)) -o facts.diff || test $$? -eq 3
	@$(facts) build $(SOURCES) -o build/facts.diff || test $$? -eq 3
	@$(facts) diff build/base/facts.diff build/facts.diff

bench: .venv/.installed-dev  ## measure speed beside others on the same text (CORPUS=file.jsonl), or with more names and metrics (GROWTH=1)
	$(BIN)/python benchmarks/bench.py $(CORPUS) $(if $(GROWTH),--growth)

clean:  ## remove what was built; .venv stays
	rm -rf facts/*.parquet facts/facts.duckdb facts/datapackage.json facts/.shards facts/.new facts/.ready facts/.lock build dist *.egg-info
	find . -name __pycache__ -not -path "./.venv/*" -prune -exec rm -rf {} +

help:  ## print this
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{ printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Installs again only when the requirements change.
.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing into .venv"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { \
	  echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
