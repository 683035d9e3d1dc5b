# make examples   renders every example to out/, with a gallery in out/index.html
# make test       lint, then all tests, conformance checkers included
# make lint       ruff and mypy
# make bench      measures speed and memory against the goals; LARGE=1 adds ten minutes
# make fuzz       hands in 60,000 broken files of all sorts, and reads 10,000 damaged forms
# make locks      writes requirements.lock and requirements-test.lock anew (needs uv)
# make clean      removes what the other targets made
#
# Each target prepares what it needs by itself: PYTHON must be 3.11 or newer.

PYTHON ?= python3
UV ?= uv
RUN := .venv/bin/python
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make locks" pyproject.toml

.PHONY: examples test bench fuzz lint locks clean setup setup-tests

examples: setup
	$(RUN) -m planforms preview --export out

test: lint
	$(RUN) -m pytest --numprocesses auto --dist worksteal

bench: setup-tests
	$(RUN) -m scripts.bench

fuzz: setup-tests
	$(RUN) -m tests.fuzz
	$(RUN) -m scripts.fuzz_forms

lint: setup-tests
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

setup:
	@$(PYTHON) scripts/setup.py

setup-tests:
	@$(PYTHON) scripts/setup.py --tests

locks:
	$(COMPILE) --group build --group examples --output-file requirements.lock
	$(COMPILE) --group build --group examples --group test \
		--constraint requirements.lock --output-file requirements-test.lock

clean:
	rm -rf .venv out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf tests/conformance/node_modules
