# Warmfold's tasks; `make` explains them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SAM_VERSION := 1.170.0
ASL_VALIDATOR_VERSION := 4.0.0

# The formatter reads the sources with the JDK that runs Maven, so Maven runs on the one that builds.
JDK = $(shell scripts/find-jdk)
MVN = JAVA_HOME="$(JDK)" MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow $${MAVEN_OPTS:-}" mvn -B
SAM = SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION="$${AWS_DEFAULT_REGION:-us-east-1}" .venv/bin/sam

DOCUMENT ?= events/breast-cancer.json

.PHONY: help
help: ## Shows this list.
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@for task in $(BENCHES); do printf '  make %-14s %s\n' "bench-$$task" "Measures; see bench/$$task."; done

.PHONY: build
build: jdk ## Builds everything, with the jar for Lambda, without tests.
	@$(MVN) -q -DskipTests package

.PHONY: test
test: jdk ## Builds everything, checks formatting, runs all tests.
	@$(MVN) verify

.PHONY: lint
lint: jdk .venv/bin/sam ## Checks formatting, template and state machine definition.
	@$(MVN) -q spotless:check
	@$(SAM) validate --lint
	@npx -y asl-validator@$(ASL_VALIDATOR_VERSION) --json-path statemachine/study.asl.json

.PHONY: format
format: jdk ## Formats the Java sources.
	@$(MVN) -q spotless:apply

.PHONY: run
run: ## Runs a study on this machine: make run DOCUMENT=events/….json
	@./warmfold run $(DOCUMENT)

.PHONY: checks
checks: ## Runs studies of made-up data and checks them with AWS's and XGBoost's own Python.
	@checks/run

.PHONY: paths
paths: ## Records the definition's paths on an interpreter of others; a test expects the same of ours.
	@local/src/test/interpreter/run

.PHONY: sam-build
sam-build: build .venv/bin/sam ## Builds what sam deploy uploads, in .aws-sam/.
	@$(SAM) build
	@scripts/check-sam-build

.PHONY: deploy
deploy: build .venv/bin/sam ## Deploys to AWS, asking what it has to know.
	@.venv/bin/sam deploy --guided

# Every folder of bench/ that has a file named run is a benchmark.
BENCHES := $(patsubst bench/%/run,%,$(wildcard bench/*/run))
.PHONY: $(addprefix bench-,$(BENCHES))
$(addprefix bench-,$(BENCHES)): bench-%: build
	@bench/$*/run

.PHONY: clean
clean: jdk ## Removes what was built; studies in .warmfold/ stay.
	@$(MVN) -q clean
	@rm -rf .aws-sam

.PHONY: jdk
jdk:
	@scripts/find-jdk >/dev/null

.venv/bin/sam:
	@python3 -m venv .venv
	@.venv/bin/pip install -q --disable-pip-version-check aws-sam-cli==$(SAM_VERSION)
