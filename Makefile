# Everything a newcomer needs: `make run` opens the page, `make test` proves the rest.
# On Debian both fetch what is missing (venv support, Chromium) with apt-get, by sudo where that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
INSTALL := $(SUDO) apt-get update -q && $(SUDO) apt-get install -qy
PORT ?= 7860
COUNT ?= 20000

.PHONY: run test check bench fuzz canaries prepare learn clean
.DELETE_ON_ERROR:

run: $(VENV)/.web
	$(BIN)/replywright web --port $(PORT)

test: $(VENV)/.test chromium
	$(BIN)/python -m pytest

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test
	$(BIN)/python tests/benchmarks

fuzz: $(VENV)/.test
	$(BIN)/python tests/fuzz --count $(COUNT) $(if $(SEED),--seed $(SEED))

# after a change of a rule that ships: what is read in place of the YAML; tests say when it is stale
prepare: $(VENV)/.test
	$(BIN)/python -m tone_rules.readings
	$(BIN)/python -m assistant.triage
	$(BIN)/python -m tone_rules.preparing

# after a change of the messages that triage learns from; the same messages give the same weights
learn: $(VENV)/.test
	OMP_NUM_THREADS=1 $(BIN)/python -m assistant.triage.learning

canaries: $(VENV)/.test
	$(BIN)/python tests/canaries --count $(COUNT) --drafts 300 $(if $(SEED),--seed $(SEED))

# Debian ships Python without ensurepip; a venv that was half made there is thrown away and made again.
$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) 2>/dev/null \
		|| { rm -rf $(VENV); $(INSTALL) python3-venv && $(PYTHON) -m venv $(VENV); } \
		|| { rm -rf $(VENV); echo "no venv can be made: install Python 3.11 or newer with its venv module" >&2; exit 1; }

$(VENV)/.web: pyproject.toml constraints.txt $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[web]'
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[web,postgres,langchain,mcp,test]'
	@touch $@ $(VENV)/.web

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| { $(INSTALL) --no-install-recommends chromium fonts-noto-color-emoji; } \
		|| { echo "the browser tests need Chromium: install it" >&2; exit 1; }

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
