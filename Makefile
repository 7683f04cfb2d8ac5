# Every command of the project. `make` or `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PORT ?= 8000

CHROMIUM := chromium chromium-browser google-chrome google-chrome-stable
DEVANAGARI := /usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf
NGINX_BROTLI := /usr/lib/nginx/modules/ngx_http_brotli_static_module.so
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --only-binary=:all:
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup serve test test-all check fix catalogs export lighthouse bench-search bench-offline bench-questions bench-moderation bench-translations pictures lock clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/runtime  ## Make the virtual environment and install what the site needs

serve: .venv/runtime  ## Run the site on PORT (8000)
	@exec $(BIN)/flask serve

test: build/machine .venv/dev node_modules/.installed  ## Set everything up and run the tests
	@$(PYTEST) -m "not matrix"

test-all: build/machine .venv/dev node_modules/.installed  ## Run the tests and the long matrix
	@$(PYTEST)

check: .venv/dev node_modules/.installed  ## Format, lint, types, catalogs, tests
	@ruff format --quiet --check .
	@ruff check --quiet .
	@mypy --no-error-summary
	@djlint --quiet --lint templates
	@node_modules/.bin/biome check --log-level=warn
	@node_modules/.bin/tsc -p jsconfig.json
	@node_modules/.bin/tsc -p jsconfig.worker.json
	@flask translations update --check
	@flask translations check
	@$(MAKE) --no-print-directory test

fix: .venv/dev node_modules/.installed  ## Format, and mend what a linter can mend
	@ruff format --quiet .
	@ruff check --quiet --fix .
	@node_modules/.bin/biome check --write --log-level=warn

catalogs: .venv/runtime  ## Bring the catalogs up to date with the templates and articles
	@flask translations update

export: .venv/runtime  ## Write the edition into DIR for a static host
	@flask edition export $(or $(DIR),build/export)

lighthouse: build/machine .venv/dev  ## Measure every page with Lighthouse, median of five
	@cd benchmarks/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@$(BIN)/python -m benchmarks.lighthouse.measure

bench-search: build/machine .venv/dev  ## Measure search beside other engines
	@cd benchmarks/search && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@for part in relevance size speed keystrokes; do echo; $(BIN)/python -m benchmarks.search.$$part || exit 1; done

bench-offline: build/machine .venv/dev  ## Measure the first visit, dead lines, upgrades, faults
	@for part in first_visit dead_line upgrades random_faults; do echo; $(BIN)/python -m benchmarks.offline.$$part || exit 1; done

bench-questions: build/machine .venv/dev  ## Measure asking: kills, power cuts, slow senders, schedules, fuzzing, time
	@for part in kills power_cuts latency senders phone fuzz schedules; do echo; $(BIN)/python -m benchmarks.questions.$$part || exit 1; done

bench-moderation: build/machine .venv/dev  ## Measure deciding: contests, the queue, how soon readers see it
	@for part in contested queue visible; do echo; $(BIN)/python -m benchmarks.moderation.$$part || exit 1; done

bench-translations: build/machine .venv/dev  ## Measure updating and checking translations beside other tools
	@$(PYTHON) -m venv build/translations
	@build/translations/bin/pip install --quiet --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r benchmarks/translations/requirements.txt
	@for part in checkers edits states speed preview; do echo; $(BIN)/python -m benchmarks.translations.$$part || exit 1; done

pictures: build/machine .venv/dev  ## Take the README's pictures of the page
	@$(BIN)/python scripts/pictures.py

lock: .venv/dev  ## Pin the newest allowed dependencies, with hashes
	@$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --upgrade pyproject.toml -o requirements/runtime.txt
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --upgrade pyproject.toml --group dev -c requirements/runtime.txt -o requirements/dev.txt
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes --upgrade benchmarks/translations/requirements.in -o benchmarks/translations/requirements.txt
	@npm install --ignore-scripts --no-audit --no-fund --loglevel=error --package-lock-only

clean:  ## Remove everything that can be made again
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# Each set-up step leaves a file behind and is done again only when its list changes.

.venv/runtime: requirements/runtime.txt
	@scripts/need-python $(PYTHON)
	@echo "Setting up (once, a minute or two) …"
	@$(PYTHON) -m venv .venv
	@$(PIP) -r requirements/runtime.txt
	@touch $@

.venv/dev: .venv/runtime requirements/dev.txt
	@echo "Installing the tools for tests …"
	@$(PIP) -r requirements/dev.txt
	@touch $@

build/machine: scripts/need
	@missing=; \
	scripts/need-python $(PYTHON) || missing=1; \
	scripts/need "The test of pages" chromium $(CHROMIUM) || missing=1; \
	scripts/need "The test of pages" fonts-noto-core $(DEVANAGARI) || missing=1; \
	scripts/need "The test of the export" nginx nginx || missing=1; \
	scripts/need "The test of the export" caddy caddy || missing=1; \
	scripts/need "The test of the export" libnginx-mod-http-brotli-static $(NGINX_BROTLI) || missing=1; \
	scripts/need "The test of limits" redis-server redis-server || missing=1; \
	test -z "$$missing"
	@mkdir -p build
	@touch $@

node_modules/.installed: package-lock.json | .venv/dev
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@
