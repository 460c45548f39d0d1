# Install, demo, test, slow, check, prints, bench, faults, mutants, tools, cluster, drill. ARGS is handed on: make demo ARGS="--port 8123".

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := test

BIN := .venv/bin
LOCK := deploy/requirements.lock
# Newer than the lock and the project's own description exactly while .venv holds what they say.
STAMP := .venv/.installed
ARGS ?=
WORKERS ?= 3
# The tests start hundreds of processes, and without kept bytecode each would compile the service anew.
unexport PYTHONDONTWRITEBYTECODE
# Any Python from 3.11 on; python3 first, since it is the one that the machine's owner chose.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

.PHONY: install demo test slow check .house .lint .compiled prints bench faults mutants tools cluster drill lock

install: $(STAMP)

$(STAMP): $(LOCK) pyproject.toml
	@if [ ! -x $(BIN)/python ] || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
		if [ -z "$(PYTHON)" ]; then \
			echo "No Python 3.11 or newer with venv was found. Install one (on Debian: python3 and python3-venv)," >&2; \
			echo "or name it: make install PYTHON=/path/to/python3" >&2; exit 1; \
		fi; \
		echo "making .venv with $(PYTHON)"; "$(PYTHON)" -m venv --clear .venv; \
	fi
	@echo "installing what $(LOCK) names"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	@exec $(BIN)/rewards demo $(ARGS)

# Lint, types, import contracts and the house tests, side by side: half a minute on two cores.
check: install
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target .house .lint

.house:
	$(BIN)/pytest tests/house

.lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Three processes on two cores, since a test that starts something mostly waits. Each begins with a third of the
# files, in their order, so that what a session starts is started once or twice; who is done takes from the others.
test: check
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --ignore=tests/house -m "not slow" $(ARGS)

# The tests that take minutes. Each test runs in one of check, test and slow, and tests/house sees to it.
slow: install
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --ignore=tests/house -m slow $(ARGS)

# The tests and the service as bytecode: of three processes that test, each would compile them all, at the same time.
.compiled: install
	@$(BIN)/pytest --collect-only --quiet --quiet >/dev/null

# Prints what follows from the code: the contract and its schemas, today's tables, and the printed parts of docs/.
prints: install
	$(BIN)/python -m service.web.printing
	$(BIN)/python -m service.store.schema
	$(BIN)/python -m docs.printing

bench: install
	@exec $(BIN)/python tests/bench/run.py $(ARGS)

# A thousand faults by chance under load, held against what was acknowledged; ARGS="--cycles 50 --seed 7" for others.
faults: install
	@exec $(BIN)/python -m tests.faults.cycles $(ARGS)

# Changes of the code, one at a time: what no test notices is printed. ARGS="--count 400 --minutes 90 --seed 7" for more.
mutants: install
	@exec $(BIN)/python -m tests.mutants.run $(ARGS)

# Patroni, and the tools that look at the files of deploy/: a hundred megabytes that only these need. What else a cluster
# is made of comes from Debian: apt-get install etcd-server haproxy pgbouncer.
tools: install
	@echo "installing what deploy/tools.lock names"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/tools.lock

# A whole cluster on this machine, until Ctrl-C: three PostgreSQL under Patroni, HAProxy, PgBouncer, two of each process.
cluster: tools
	@exec $(BIN)/python -m tests.cluster

# Kills and freezes each part of such a cluster in turn under load, ten times; ARGS="--rounds 2" for fewer.
drill: tools
	@exec $(BIN)/python -m tests.cluster.drill $(ARGS)

# Rewrites the locks from pyproject.toml. Nothing else uses uv, so it is not among the dependencies.
lock:
	uv pip compile pyproject.toml --extra embedded --extra dev --extra build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet -o $(LOCK)
	uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --constraint $(LOCK) \
		--generate-hashes --no-header --no-annotate --quiet -o deploy/image.lock
	uv pip compile pyproject.toml --extra deploy --extra otel --universal --python-version 3.11 --constraint $(LOCK) \
		--generate-hashes --no-header --no-annotate --quiet -o deploy/tools.lock
