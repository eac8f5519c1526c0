# What a user needs: `make run` and `make test`. The rest is for those who work on walsim.

SWIFT ?= swift
RELEASE = $(SWIFT) build -c release
BIN = .build/release
PREFIX ?= /usr/local
ROOT = $(DESTDIR)$(PREFIX)
MANUAL = .build/manual
# Scenarios whose results are small enough to keep beside the code.
SMALL = steady-commit commit-delay async-commit small-wal-buffers pgbench-insert
SHORT = --set duration=1s --set warmup=200ms --set observe.timeline_interval=100ms

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 18

run: dependencies  ## build in release and run the bundled burst-insert scenario
	$(RELEASE) --product walsim
	$(BIN)/walsim run burst-insert

test: dependencies  ## run the whole test suite
	$(SWIFT) test

browser:  ## install Chromium, without which the tests that open every page in a browser are skipped
	@command -v chromium >/dev/null || { \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; }

accuracy: dependencies  ## check every published and measured figure against its band
	$(RELEASE) --product walsim-accuracy
	$(BIN)/walsim-accuracy check
	$(BIN)/walsim-accuracy certificate --only volume
	$(BIN)/walsim-accuracy certificate --only replication

certificate: dependencies  ## write the accuracy certificate: every published and measured figure beside walsim's
	$(RELEASE) --product walsim-accuracy
	$(BIN)/walsim-accuracy certificate --page Results/accuracy.md

bench: dependencies  ## measure the kernel against SimPy, and what a simulated commit costs
	$(RELEASE)
	@test -x .build/simpy/bin/python3 || { python3 -m venv .build/simpy && .build/simpy/bin/pip install -q simpy; } || true
	$(BIN)/walsim-bench kernel --python .build/simpy/bin/python3
	$(BIN)/walsim-bench commit --walsim $(BIN)/walsim

threads: dependencies  ## show the N/2 law on real threads, files and syncs
	$(RELEASE) --product walsim-bench
	$(BIN)/walsim-bench threads

results: dependencies  ## write the result files that the tests compare
	$(RELEASE) --product walsim
	for scenario in $(SMALL); do $(BIN)/walsim run $$scenario --repeats 2 $(SHORT) --quiet --out Results/$$scenario || exit 1; done

install: dependencies manual  ## install command, manual page and shell completions under PREFIX (/usr/local)
	install -d $(ROOT)/bin $(ROOT)/share/man/man1 $(ROOT)/share/bash-completion/completions \
		$(ROOT)/share/zsh/site-functions $(ROOT)/share/fish/vendor_completions.d
	install -m 755 $(BIN)/walsim $(ROOT)/bin/walsim
	install -m 644 $(MANUAL)/walsim.1 $(ROOT)/share/man/man1/walsim.1
	$(BIN)/walsim --generate-completion-script bash > $(ROOT)/share/bash-completion/completions/walsim
	$(BIN)/walsim --generate-completion-script zsh > $(ROOT)/share/zsh/site-functions/_walsim
	$(BIN)/walsim --generate-completion-script fish > $(ROOT)/share/fish/vendor_completions.d/walsim.fish

manual:  ## write the manual page .build/manual/walsim.1 from the commands' own help
	$(RELEASE) --product walsim
	$(RELEASE) --product generate-manual
	@mkdir -p $(MANUAL)
	$(BIN)/generate-manual $(BIN)/walsim --output-directory $(MANUAL)
	@# A paragraph is a macro in this format: man warns of each blank line.
	@sed 's/^$$/.Pp/' $(MANUAL)/walsim.1 > $(MANUAL)/walsim.new && mv $(MANUAL)/walsim.new $(MANUAL)/walsim.1

check-results: dependencies  ## run the scenarios behind Results/ afresh and compare with what is kept there
	$(RELEASE) --product walsim
	@status=0; for scenario in $(SMALL); do \
		$(BIN)/walsim run $$scenario --repeats 2 $(SHORT) --quiet --out .build/check-results/$$scenario && \
		$(BIN)/walsim compare Results/$$scenario .build/check-results/$$scenario || status=1; \
	done; exit $$status

format:  ## format the sources
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Scenarios

dependencies:
	@pkg-config --exists gsl 2>/dev/null || $(MAKE) --no-print-directory install-gsl

# GSL is the one library that Swift's package manager cannot bring itself.
install-gsl:
	@if command -v apt-get >/dev/null; then \
		echo "Installing libgsl-dev and pkg-config ..."; \
		sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq libgsl-dev pkg-config; \
	else \
		echo "walsim needs the GNU Scientific Library and pkg-config, and this machine has no apt-get."; \
		echo "Install them (macOS: brew install gsl pkg-config; Fedora: dnf install gsl-devel pkgconf), then call make again."; \
		exit 1; \
	fi

.PHONY: help install manual run test accuracy certificate bench threads results check-results format dependencies \
	install-gsl browser
.DEFAULT_GOAL := help
