# The doors of the portal. `make help` lists them.
# Needed for `make run`: git make python3 (3.11 or newer) python3-venv. No node, no root.

PYTHON ?= python3
PORT ?= 8000
COPROD_DATA ?= var
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

export COPROD_DATA
export PYTHONUNBUFFERED = 1

.DEFAULT_GOAL := help
.PHONY: help run reset test check bench doors format screenshots assets lock
.SUFFIXES:

help: ## list these doors
	@echo "The portal for co-production"
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18
	@echo
	@echo "  PORT=8000         the port of make run"
	@echo "  COPROD_DATA=var   the folder of its database, files and settings"

run: $(VENV)/run-ready ## start the portal with made-up people, on this machine only
	@$(BIN)/python -m coprod.start --stop-with-parent --port $(PORT)

reset: $(VENV)/run-ready ## forget the data of make run
	@$(BIN)/python -m coprod.start --reset

test: $(VENV)/test-ready ## everything: lint, both databases, the browser, coverage
	@$(BIN)/python tests/run.py

check: $(VENV)/test-ready ## the fast part: lint, types, the house's rules
	@$(BIN)/python tests/run.py --fast

bench: $(VENV)/test-ready ## how fast it is, as ratios; OUT=figures.json writes them, SMALL=1 is a quick try
	@$(BIN)/python -m tests.bench $(if $(OUT),--out $(OUT)) $(if $(SMALL),--small)

doors: $(VENV)/test-ready ## every address, by every method, as everybody: each cell of the table
	@EVERY_DOOR=1 $(BIN)/python -m pytest -q tests/house/test_doors.py tests/attacks/test_hostile.py

format: $(VENV)/test-ready ## lay out Python and templates as the checks want them
	@$(BIN)/ruff check --quiet --fix-only . ; $(BIN)/ruff format --quiet .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

screenshots: $(VENV)/test-ready ## photograph the eight most important pages for the README
	@$(BIN)/python -m tests.screenshots

assets: ## build static/css, static/js and the golden examples from static/src (needs node)
	npm --prefix static/src ci
	npm --prefix static/src run build

lock: $(VENV)/test-ready ## write requirements.txt and requirements-dev.txt anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header \
		--quiet --upgrade --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header \
		--quiet --upgrade --constraint requirements.txt --output-file requirements-dev.txt

# The stamps are written last: an installation that was broken off is done again. A changed lock
# file makes a new virtual environment, so nothing old stays in it.
$(VENV)/run-ready: requirements.txt
	@echo "Installing into $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv --clear $(VENV) || { echo "Install python3-venv first (apt-get install python3-venv)"; exit 1; }
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/test-ready: requirements-dev.txt $(VENV)/run-ready
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@
