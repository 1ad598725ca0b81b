# Needs make and Python >= 3.11, nothing else; everything is installed into .venv.

PLAN ?= examples/chi-lang-2024/plan.txt
DATA ?= var
PYTEST ?=
IN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench secrets lock clean

help: ## show this help
	@printf 'thidua: emulation campaigns from launch to award\n\n'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'
	@printf '\nVariables: PLAN=%s  DATA=%s  PYTEST="extra arguments of pytest"\n' '$(PLAN)' '$(DATA)'

run: .venv/product ## start the whole system on this machine; Ctrl-C stops it, its data stays in DATA
	@exec $(IN)/python -m thidua run --data '$(DATA)'

demo: .venv/product ## carry a plan through to the awards: make demo PLAN=file
	@exec $(IN)/python -m thidua demo '$(PLAN)'

test: .venv/development ## run all tests with real PostgreSQL, NATS, mail and browser (INFRA=docker: in containers)
	$(IN)/pytest $(PYTEST)

check: .venv/development ## lint, check the format and the types
	$(IN)/ruff check
	$(IN)/ruff format --check
	$(IN)/mypy

bench: .venv/development ## measure against the alternatives, side by side
	@exec $(IN)/python -m tests.benchmarks

secrets: ## make the secrets of docker compose and .env, once; needs nothing installed
	@python3 -m deploy.compose.secrets

lock: .venv/development ## pin what requirements*.in ask for, with hashes
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

clean: ## remove .venv and caches; data in DATA stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# django-htmx is there for the browser code in it; Django itself is never imported.
LOCK = UV_CUSTOM_COMPILE_COMMAND='make lock' $(IN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-package django --no-emit-package asgiref --no-emit-package sqlparse
INSTALL = $(IN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes

.venv/python:
	@for name in python3.13 python3.12 python3.11 python3; do \
		"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		"$$name" -m venv .venv && touch $@ && exit 0; \
		echo "$$name cannot make virtual environments: install its venv package (python3-venv)" >&2; exit 1; \
	done; \
	echo "thidua needs Python 3.11 or newer, but found only: $$(python3 -V 2>&1)" >&2; exit 1

.venv/product: requirements.txt | .venv/python
	@echo 'Installing what the product needs into .venv …'
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/development: requirements-dev.txt .venv/product
	@echo 'Installing what tests and checks need into .venv …'
	@$(INSTALL) -r requirements-dev.txt
	@touch $@
