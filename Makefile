# Everything that is done with this project, by name. `make` alone lists it.
#
# The machine needs Python 3.11 or newer and make. All else goes into .venv, pinned with hashes in requirements/;
# a stamp beside it remembers which pins it was made from, so that a second run sets nothing up and needs no network.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet install

# What the tests need beside Python packages, where the machine is Debian's: Excel's old forms and WPS files, the way
# a report looks once it is printed, Chinese letters in it. Without them the tests concerned are skipped and named.
DEBIAN := libreoffice-calc libreoffice-writer fonts-noto-cjk poppler-utils

DEMO := build/demo
PLAN := build/plan

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo test check format bench learn lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: demo ## set everything up, lighten a demo county, and serve the platform with it until Ctrl-C
	QINGZHUANG_DATA=build/platform $(BIN)/qingzhuang serve --demo

demo: $(VENV)/run.stamp ## the first part alone: write the demo county to build/demo, its plan to build/plan
	$(BIN)/qingzhuang demo $(DEMO)
	$(BIN)/qingzhuang lighten $(DEMO)/county.xlsx --out $(PLAN)

test: $(VENV)/dev.stamp ## set everything up and run the tests, those of the platform on PostgreSQL too; ARGS="-k words" goes to pytest
	@sh requirements/debian.sh $(DEBIAN)
	$(BIN)/python -m pytest -p tests.postgresql tests/apps $(ARGS)
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.stamp ## lint, format, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/dev.stamp ## put the code into its one format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/bench.stamp ## measure the engines beside their peers, write bench/RESULTS.md
	$(BIN)/python -m bench $(ARGS)

COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	--annotation-style line --universal --python-version 3.11 $(ARGS)

learn: $(VENV)/bench.stamp ## learn the signs' weights anew from tests/texts/dev (eight minutes)
	$(BIN)/python -m tests.texts learn

lock: $(VENV)/lock.stamp ## refresh the pins in requirements/ (ARGS=--upgrade takes the newest)
	$(COMPILE) pyproject.toml --extra web --group build -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra web --group build --group dev -c requirements/run.txt -o requirements/dev.txt
	$(COMPILE) pyproject.toml --extra web --group build --group dev --group bench -c requirements/dev.txt -o requirements/bench.txt
	$(COMPILE) --group lock -o requirements/lock.txt

clean: ## remove what was made: the environment, caches, the demo county and its plan
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. `run` is what users need; `dev` and `bench` hold the same pins and more, so each goes on top of the other.

$(VENV)/created.stamp:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name it as in: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/lock.stamp: requirements/lock.txt
$(VENV)/run.stamp $(VENV)/dev.stamp $(VENV)/bench.stamp: pyproject.toml

$(VENV)/%.stamp: requirements/%.txt | $(VENV)/created.stamp
	@echo "Setting up $* in $(VENV): $$(grep -c == $<) pinned packages, once, a minute or two …"
	@$(PIP) --require-hashes --no-deps -r $<
	@if [ $* != lock ]; then $(PIP) --no-deps --no-build-isolation -e .; fi
	@touch $@
