# Every step makes what it needs: on a fresh machine `make demo`, `make test` and `make lint` each work as the only command run.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo screens test lint format lock benchmarks reliability clean

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python scripts/compile.py
	touch $(READY)

# The demonstration needs the program alone, not the developers' tools; it keeps its own environment.
.venv-demo/.ready: pyproject.toml
	$(PYTHON) -m venv --clear .venv-demo
	.venv-demo/bin/python -m pip install --quiet --disable-pip-version-check -e .
	.venv-demo/bin/python scripts/compile.py
	touch $@

demo: .venv-demo/.ready
	.venv-demo/bin/python scripts/demo.py

test: $(READY)
	$(BIN)/python -m pytest -n 2

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		--output-file requirements/dev.txt pyproject.toml requirements/dev.in

# The screens of the main path, from a real run: texts that a test compares, pictures for the README. Look at what changed.
screens: $(READY)
	$(BIN)/python scripts/screens.py

benchmarks: $(READY)
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/desk.py
	$(BIN)/python benchmarks/picker.py
	$(BIN)/python benchmarks/human.py
	$(BIN)/python benchmarks/server.py

# Hours of killing and guessing, not part of `make test`; figures go into docs/reliability.md. Needs a C compiler.
reliability: $(READY)
	nice $(BIN)/python -m reliability.fuzz
	nice $(BIN)/python -m reliability.kill
	nice $(BIN)/python -m reliability.submits --database sqlite
	nice $(BIN)/python -m reliability.submits --database postgresql

clean:
	rm -rf $(VENV) .venv-demo dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
