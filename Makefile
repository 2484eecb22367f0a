# Every command of the project. `make run` and `make test` prepare the machine themselves.

OUT ?= out
BIN := .venv/bin
OFFSCREEN := QT_QPA_PLATFORM=offscreen
DISPLAY_HERE := $(strip $(DISPLAY)$(WAYLAND_DISPLAY))

.PHONY: help run demo test lint bench faults dist clean prepare

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

ifneq ($(DISPLAY_HERE),)
run: ## open the window; without a display, play the demo into out/
	@installer/prepare.sh window
	@$(BIN)/yimen
else
run: demo
endif

demo: prepare ## play the whole job on sample cases, without a display, into out/
	@$(OFFSCREEN) $(BIN)/yimen demo --out $(OUT)
	@echo "No window was opened. Screenshots, notices and the batch are in $(abspath $(OUT))."

test: lint ## style, types, floors and every test
	@$(BIN)/pytest -n 2

lint: prepare ## style, types and floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: ## measure what a clerk waits for, beside others
	@installer/prepare.sh bench
	@$(OFFSCREEN) $(BIN)/python -m tests.benchmarks.bench

faults: prepare ## kill and damage the store at 1 000 random points each
	@$(BIN)/python -m tests.faults

dist: ## build the program for clerks into dist/yimen and let it test itself
	@installer/prepare.sh dist
	@$(BIN)/pyinstaller --noconfirm --clean --log-level ERROR installer/yimen.spec
	@env -i $(OFFSCREEN) LC_ALL=C.UTF-8 dist/yimen/yimen selftest

clean: ## remove everything that these commands have made
	@rm -rf .venv .bootstrap build dist out .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

prepare:
	@installer/prepare.sh
