# For people: `make site`, `make test`, `make serve`. The first call prepares .venv; later ones do not.
PYTHON ?= python3

venv := .venv
bin  := $(venv)/bin
pip  := $(bin)/python -m pip --quiet --disable-pip-version-check

# Each stamp says what is installed; a newer file on its right installs it again.
site    := $(venv)/.site
tests   := $(venv)/.tests
command := $(venv)/.handbook
judges  := build/audit/.judges

# What `make quick` runs: nothing in these folders needs a browser, Java or npm.
quick := --quiet -m 'not build and not long' tests/toolkit/units tests/texts/sources

# Material announces its end of life on every build; MAINTAINING.md says what to do about it.
export NO_MKDOCS_2_WARNING := 1

# Python keeps what it has compiled, whatever the environment says: or each start compiles it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help site serve test quick coverage fuzz kills audit test-clients test-weblate install update upgrade clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

site: $(command) ## build the site in every language into site/
	@$(bin)/handbook site

serve: $(command) ## preview the site; saving a page or a catalog reloads it
	@$(bin)/handbook serve

# No shellcheck for actionlint: the verdict must not depend on what else a machine has.
test: $(command) $(tests) $(judges) ## run every check
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/actionlint -shellcheck=
	$(bin)/zizmor --offline --quiet .github
	$(bin)/handbook check --quiet --errors
	$(bin)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder # sites first: they take longest

# Divided by file: what the tests of one share is made once.
quick: $(command) $(tests) ## run what needs no browser, no Java, no npm and no build
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/handbook check --quiet --errors
	$(bin)/pytest --numprocesses auto --dist loadfile $(quick)

coverage: $(command) $(tests) ## print what of src/ the tests of `make quick` reach
	@$(bin)/coverage run -m pytest $(quick)
	@$(bin)/coverage report
	@$(bin)/coverage json --quiet
	@$(bin)/python tests/reached.py

# SECONDS: how long.
SECONDS ?= 60
fuzz: $(command) $(tests) ## send mutated pages and catalogs through the engine for SECONDS
	@$(bin)/python tests/fuzz.py --seconds $(SECONDS)

# KILLS: how often, for each of site, update and pdf.
KILLS ?= 50
kills: $(command) $(tests) ## kill the command at random moments: what is on the disk stays whole
	@$(bin)/python tests/kills.py --kills $(KILLS)

audit: $(command) $(tests) $(judges) ## print how the built site does: access, validity, links, weight, speed
	@AUDIT=whole $(bin)/pytest --quiet tests/texts/site/test_audit.py $(wildcard tests/texts/site/test_search_sets.py) tests/toolkit/sites/test_keyboard.py

test-clients: $(command) $(tests) ## open, change and save a catalog with translators' programs that are installed
	@$(bin)/python tests/clients.py --to $(CURDIR)/build/clients
	@HANDBOOK_CLIENTS=$(CURDIR)/build/clients $(bin)/pytest --quiet tests/toolkit/units/test_clients.py

# WEBLATE: the command of a Weblate that is installed; CONTRIBUTING.md says how.
WEBLATE ?= build/weblate/bin/weblate
test-weblate: $(command) $(tests) ## try the handbook in a real Weblate, if it is installed
	@$(bin)/python tests/weblate.py --weblate $(WEBLATE)

install: $(command) ## prepare .venv with the `handbook` command

update: $(command) ## bring every catalog up to date with its page
	@$(bin)/handbook update

upgrade: ## write requirements*.txt anew with the newest versions and their hashes, and list what is new
	@$(require-python)
	@$(PYTHON) -m venv build/upgrade
	@$(pins) >build/upgrade/old
	@build/upgrade/bin/python -m pip --quiet --disable-pip-version-check install --upgrade uv
	@$(compile) pyproject.toml --group build --output-file requirements.txt
	@$(compile) --group test --constraint requirements.txt --output-file requirements-test.txt
	@$(pins) >build/upgrade/new
	@LC_ALL=C join -a 1 -a 2 -e none -o 0,1.2,2.2 build/upgrade/old build/upgrade/new | \
	awk '$$2 != $$3 { print $$1 ": " $$2 " → " $$3; n++ } END { if (!n) print "no package has a newer version" }'
	@echo 'requirements*.txt are written; propose them, or try them first: make test'

clean: ## remove everything that was made: .venv, build, site, caches
	rm -rf $(venv) build site .site.new manual/build manual/site manual/.site.new
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache
	find benchmarks hooks src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(site): requirements.txt
	@$(require-python)
	@echo 'Preparing .venv for the site: some twenty seconds, once.'
	@$(PYTHON) -m venv --clear $(venv)
	@$(pip) install --require-hashes --requirement requirements.txt
	@touch $@

$(tests): requirements-test.txt $(site)
	@echo 'Preparing .venv for the tests: some twenty seconds, once.'
	@$(pip) install --require-hashes --requirement requirements-test.txt
	@touch $@

# Where npm or the network is missing, the tests that need these programs say so; with CI=true they fail.
$(judges): tests/audit/package-lock.json
	@echo 'Preparing build/audit with what judges pages and scripts: some ten seconds, once.'
	@mkdir -p $(@D)
	@cp tests/audit/package.json tests/audit/package-lock.json tests/audit/.npmrc $(@D)
	@if npm --prefix $(@D) ci --silent; then touch $@; else \
	echo 'npm could not install it: the tests that need it will say so.'; fi

# setuptools comes from requirements.txt, so this asks the network for nothing.
$(command): pyproject.toml $(site)
	@$(pip) install --no-deps --no-build-isolation --editable .
	@touch $@

require-python = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "$(PYTHON) is not Python 3.11 or newer: install one, or name it: make PYTHON=python3.12" >&2; \
	exit 1; }

# Universal: one file for every system and every Python from 3.11 on. No registry is named in it.
compile = build/upgrade/bin/uv pip compile --quiet --upgrade --no-config --universal --fork-strategy fewest \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

# The packages and their versions, a line each; one that differs between systems has several versions.
pins = sed -n 's/^\([^ =]*\)==\([^ ;\\]*\).*/\1 \2/p' requirements.txt requirements-test.txt | LC_ALL=C sort -u | \
	awk '{ if (!($$1 in v)) names[++n] = $$1; v[$$1] = v[$$1] (v[$$1] == "" ? "" : ",") $$2 } \
	END { for (i = 1; i <= n; i++) print names[i], v[names[i]] }'
