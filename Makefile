# The commands of this project. `make help` lists them; CI uses the same ones.
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help install system run demo check test bench evaluate soak pictures rooms conformance

help:            ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.venv/installed: pyproject.toml constraints.txt
	@command -v python3 >/dev/null || { echo "Python 3.11 or newer is needed (Debian: apt install python3 python3-venv)"; exit 1; }
	@echo "Installing into .venv (once, about a minute) ..."
	@python3 -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[server,printer,audio,counter,postgres,push,piper,ipp,mqtt]' --group test
	@touch $@

install: .venv/installed ## make .venv and install everything

system: ## install what tests need from Debian: a browser, a second voice, a second store
	@scripts/system

run: install ## one office, ready to take a ticket: http://localhost:8080/
	@.venv/bin/aufruf up --public-url http://localhost:8080

demo: install ## the same, with simulated citizens and clerks at 20 times normal speed
	@scripts/demo

check: install ## style, types, the import table
	@scripts/check

test: install system ## run all tests
	@scripts/test

bench: install system ## measure speed, as figures and ratios: docs/numbers.md
	@scripts/bench

evaluate: install ## is the promised wait true? docs/promise.md, about ten minutes
	@.venv/bin/python -m bench.evaluate --out docs

soak: install system ## the long crash runs
	@scripts/soak

pictures: install system ## render every page and ticket to docs/pictures
	@scripts/pictures

rooms: install ## draw docs/rooms.svg from the imports
	@scripts/rooms

conformance: install ## write docs/conformance.md and docs/asvs.md: what of EN 301 549 and OWASP ASVS is met, by the names of the tests
	@$(PY) -m scripts.conformance
	@$(PY) -m scripts.asvs
