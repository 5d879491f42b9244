# Everything a clone needs, from Python 3.11, git and make alone: `make run` opens the app, `make test` proves it.
PORT ?= 8501
GOLD ?= ../shared/gold/dev.gold.jsonl
VENV := .venv
PYTHON := $(VENV)/bin/python
export PYTHONUTF8 := 1

# An environment that was moved, or whose Python has gone, is made anew.
STALE := $(shell test "$$(cat $(VENV)/checkout 2>/dev/null)" = "$(CURDIR)" && $(PYTHON) -c "" 2>/dev/null || echo stale)

# What set-up builds from installed packages and data/: the index of places, ordinary words, the basemap.
BUILT := var/built-gazetteer var/built-words var/built-basemap

.DEFAULT_GOAL := help
.PHONY: help setup run test lint lock scoreboard clean stale

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

setup: $(BUILT) ## Make .venv with the locked packages and build what Rasid reads offline

run: setup ## Open the app (make run PORT=8601 picks the port)
	@$(VENV)/bin/rasid serve --port $(PORT)

test: setup lint ## Check style and types, then run every test, the browser's too
	@scripts/browser.sh --install >/dev/null
	@scripts/postgis.sh --install >/dev/null || true
	@$(PYTHON) -m pytest -n 3 --dist loadfile

lint: setup ## Check style and types only
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

lock: ## Choose the newest packages that fit pyproject.toml and write requirements.lock (needs uv)
	uv pip compile --universal --fork-strategy fewest --python-version 3.11 --extra dev --upgrade --generate-hashes --quiet \
		--no-header --no-emit-index-url --no-emit-find-links --no-annotate pyproject.toml --output-file requirements.lock

scoreboard: setup ## Measure the reading on annotated articles and write the figures into README.md (GOLD=file)
	@$(PYTHON) scripts/scoreboard.py $(GOLD)

clean: ## Remove what set-up and the tests have made
	rm -rf $(VENV) var build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

stale:

$(VENV)/installed: requirements.lock pyproject.toml scripts/setup.sh $(STALE)
	@scripts/setup.sh $(VENV)
	@touch $@

var/built-gazetteer: $(VENV)/installed $(wildcard geo/*.py data/gazetteer/* data/boundaries/* data/languages/*/places.csv)
	@$(PYTHON) -m geo.build
	@touch $@

var/built-words: $(VENV)/installed pipeline/ordinary.py $(wildcard data/languages/*/language.toml)
	@$(PYTHON) -m pipeline.ordinary
	@touch $@

var/built-basemap: $(VENV)/installed scripts/build_assets.py scripts/basemap.lock
	@$(PYTHON) scripts/build_assets.py
	@touch $@
