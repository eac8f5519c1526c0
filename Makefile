# What a user needs: `make run` and `make test`. The rest is for those who work on walsim.

SWIFT ?= swift
RELEASE = $(SWIFT) build -c release
BIN = .build/release

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 18

run: dependencies  ## build in release and run the bundled burst-insert scenario
	$(RELEASE) --product walsim
	$(BIN)/walsim run burst-insert

test: dependencies  ## run the whole test suite
	$(SWIFT) test

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

.PHONY: help run test format dependencies install-gsl
.DEFAULT_GOAL := help
