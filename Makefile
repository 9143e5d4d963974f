# The front door. Every target works on a fresh clone with Python 3.11 or newer, git and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EDITOR := tests/editor/node_modules/.package-lock.json
PIP := $(BIN)/python -m pip --disable-pip-version-check
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help

.PHONY: help
help: ## List every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: site
site: $(VENV)/.site ## Build the publication into site/ (AS_OF=DATE: as of that day)
	$(BIN)/briefsite build $(if $(AS_OF),--as-of $(AS_OF))

.PHONY: publish
publish: $(VENV)/.publish ## Build it as it goes online: with PDF, card pictures, offline copy
	$(BIN)/briefsite publish $(if $(AS_OF),--as-of $(AS_OF))

.PHONY: serve
serve: $(VENV)/.site ## Show it at http://127.0.0.1:8000/ and follow every edit
	@$(BIN)/briefsite schema --ids
	$(BIN)/briefsite serve

.PHONY: new
new: $(VENV)/.site ## Add a record and name its blanks: make new KIND=source ID=some-id
	$(BIN)/briefsite new $(KIND) $(ID) $(ARGS)

.PHONY: check
check: $(VENV)/.site ## Report every mistake in the YAML, with its place
	$(BIN)/briefsite check

.PHONY: audit
audit: $(VENV)/.site ## Tell what every sentence rests on; fails under 100 %
	$(BIN)/briefsite audit

.PHONY: test
test: $(VENV)/.dev $(EDITOR) ## Run all tests (in a browser with Chromium, in an editor with npm)
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

FUZZED := loader prose library maps cli

.PHONY: fuzz
fuzz: $(VENV)/.dev ## Feed it what leads to new code: make fuzz SECONDS=600 FUZZED="loader maps"
	$(PIP) install --quiet --require-hashes --requirement requirements-fuzz.lock
	@set -e; for target in $(FUZZED); do \
		echo "== $$target"; $(BIN)/python -m tests.fuzz $$target $(or $(SECONDS),60); done

EDITED := $(addprefix tests/,cache/test_reuse.py cache/test_spare.py cache/test_standing.py engine/test_renew.py)

.PHONY: faults
faults: $(VENV)/.dev ## Kill builds at fifty moments, fill disks, edit at random: the site stays whole and right
	BRIEFSITE_FAULTS=1 $(BIN)/python -m pytest tests/faults $(EDITED)

.PHONY: bench
bench: $(VENV)/.publish ## Measure builds against plain Material, into bench/RESULTS.md (ARGS="--growth")
	$(BIN)/python -m bench.build $(ARGS)

.PHONY: sbom
sbom: $(VENV)/.dev ## List the packages of the site with licences and hashes, as CycloneDX
	$(BIN)/python .ci/sbom.py sbom.cdx.json

.PHONY: lint
lint: $(VENV)/.dev ## Style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

.PHONY: schema
schema: $(VENV)/.site ## Write the JSON Schemas that editors use, and the reference pages
	$(BIN)/briefsite schema
	$(BIN)/briefsite reference

WORLD_ATLAS := world-atlas@2.0.2
NATURAL_EARTH := libmagics++-data

.PHONY: basemap
basemap: $(VENV)/.site ## Remake maps/basemap/ from public packages (needs npm and, once, apt)
	@command -v npm >/dev/null || { echo "basemap: npm is needed (for $(WORLD_ATLAS))" >&2; exit 1; }
	$(PIP) install --quiet --require-hashes --requirement requirements-basemap.lock
	@set -e; work=$$(mktemp -d); trap 'rm -rf "$$work"' EXIT; \
	cd "$$work"; \
	npm pack --silent $(WORLD_ATLAS) >/dev/null; \
	tar -xzf world-atlas-*.tgz; \
	earth=/usr/share/magics; \
	if ! [ -d "$$earth/10m" ]; then \
		apt-get download --quiet $(NATURAL_EARTH) || { \
			echo "basemap: run 'apt-get update', or as root 'apt-get install $(NATURAL_EARTH)'" >&2; exit 1; }; \
		dpkg-deb --extract $(NATURAL_EARTH)_*.deb unpacked; \
		earth="$$work/unpacked/usr/share/magics"; \
		dpkg-deb --field $(NATURAL_EARTH)_*.deb Version > "$$earth/VERSION"; \
	fi; \
	cd "$(CURDIR)"; \
	$(BIN)/python -m briefsite.basemap --natural-earth "$$earth" --world-atlas "$$work/package"

.PHONY: messages
messages: $(VENV)/.site ## Bring the catalogues in languages/ up to date (ARGS=az: begin one)
	$(BIN)/briefsite messages $(ARGS)

# Run it with the oldest Python that the project claims: PYTHON=python3.11 make clean lock.
.PHONY: lock
lock: $(VENV)/.dev ## Renew the lock files from pyproject.toml
	$(PIP) install pip-tools
	$(BIN)/pip-compile $(COMPILE) --extra build --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile $(COMPILE) --constraint requirements.lock --extra publish --output-file requirements-publish.lock pyproject.toml
	$(BIN)/pip-compile $(COMPILE) --constraint requirements.lock --extra build --extra publish --extra dev --output-file requirements-dev.lock pyproject.toml
	$(BIN)/pip-compile $(COMPILE) --constraint requirements.lock --extra basemap --output-file requirements-basemap.lock pyproject.toml
	$(BIN)/pip-compile $(COMPILE) --constraint requirements.lock --extra fuzz --output-file requirements-fuzz.lock pyproject.toml
	$(BIN)/pip-compile $(COMPILE) --constraint requirements.lock --constraint requirements-dev.lock --extra audit --output-file requirements-audit.lock pyproject.toml

COMPILE := --quiet --upgrade --strip-extras --allow-unsafe --generate-hashes \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header

.PHONY: clean
clean: ## Remove everything that was made
	rm -rf $(VENV) .venv-audit site .site-* staged test-results sbom.cdx.json

# The virtual environment, from the lock files alone: each package by its hash.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes --requirement requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What the tests of the schemas drive; they say so if it is not there.
$(EDITOR): tests/editor/package-lock.json
	@if command -v npm >/dev/null; then \
		cd tests/editor && npm ci --silent --ignore-scripts --no-audit --no-fund \
			|| echo "npm could not install the language server" >&2; fi

$(VENV)/.publish: requirements-publish.lock $(VENV)/.site | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes --requirement requirements-publish.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.site | $(VENV)/bin/python
	$(PIP) install --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@
