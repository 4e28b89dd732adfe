# make demo    set up this machine, play the demo (root)
# make test    set up, build, run all suites
# make help    everything else

CONFIGURATION := Release
DOTNET_BUILD := dotnet build Pipeline.sln -c $(CONFIGURATION) --nologo -v quiet
# What cdk/pipeline.json does not say, or all when there is none.
ifneq ($(wildcard cdk/pipeline.json),)
CONTEXT ?= {}
else
CONTEXT ?= {"environment":"dev","alertEmails":"soc@example.org"}
endif

help:
	@sed -n 's/^# //p' Makefile; echo; grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## install what a fresh machine lacks
	@bash eng/setup.sh

bpf: setup ## build the probes for x86-64 and arm64
	@$(MAKE) --silent -C bpf

triggers: setup
	@$(MAKE) --silent -C tests/Kernel.Tests/native

build: bpf triggers ## build everything
	@$(DOTNET_BUILD)

test: build ## run all suites; the last line sums them
	@bash eng/test.sh

demo: bpf ## a real sudo and a real read of /etc/shadow become an alert on this machine (root)
	@./pipeline demo

publish: bpf ## what `cdk deploy` ships: the agent's archive, the function, the rule pack, their hashes
	@bash eng/publish.sh

guest: ## a Debian 12 root with systemd, in which tests install what was published (root; once a week a minute)
	@bash eng/guest/build.sh artifacts/guest

reproducible: setup ## publish this commit twice, from clones in two folders: the same bytes (five minutes)
	@bash eng/reproducible.sh

bare-host: bpf ## publish the agent and try it on a host that has glibc and OpenSSL and nothing else (root)
	@bash eng/bare-host.sh

synth: publish ## the CloudFormation template, offline, in artifacts/cdk.out
	@rm -rf artifacts/cdk.out; mkdir -p artifacts/tmp; TMPDIR=$(CURDIR)/artifacts/tmp CDK_OUTDIR=artifacts/cdk.out CDK_CONTEXT_JSON='$(CONTEXT)' \
	  dotnet run -c $(CONFIGURATION) --project cdk
	@rm -rf artifacts/tmp
	@echo "template: $$(ls artifacts/cdk.out/*.template.json)"

soak: setup ## the law of detection against its oracle in 200,000 cases (PROPERTY_CASES), about five minutes
	@dotnet build tests/Detection.Tests -c $(CONFIGURATION) --nologo -v quiet
	@PROPERTY_CASES=$${PROPERTY_CASES:-200000} dotnet test tests/Detection.Tests -c $(CONFIGURATION) --no-build --nologo \
	  --filter FullyQualifiedName~LawTests --logger "console;verbosity=detailed"

matrix: bpf triggers ## Debian's kernels under qemu: all events against the truth, what probes cost, docs/evasions.md (twelve minutes; MATRIX_KEEP=1)
	@bash eng/matrix/matrix.sh

chaos: build ## a real workload while agent, stream and disk fail, 100 kills (CHAOS_KILLS, CHAOS_SEED; needs root), under ten minutes
	@CHAOS_KILLS=$${CHAOS_KILLS:-100} dotnet test tests/EndToEnd.Tests -c $(CONFIGURATION) --no-build --nologo \
	  --filter FullyQualifiedName~Chaos.ChaosTests --logger "console;verbosity=detailed"

chaos-function: build ## the function killed and hindered at its calls, its batches repeated, halved and given to two (CHAOS_ROUNDS, CHAOS_SEED; needs root), under ten minutes
	@CHAOS_ROUNDS=$${CHAOS_ROUNDS:-80} dotnet test tests/EndToEnd.Tests -c $(CONFIGURATION) --no-build --nologo \
	  --filter FullyQualifiedName~FunctionChaosTests --logger "console;verbosity=detailed"

latency: build ## from a system call to SNS: p50 and p99 with the poller at 1 s and at 200 ms (LATENCY_SAMPLES; needs root), three minutes
	@LATENCY_SAMPLES=$${LATENCY_SAMPLES:-100} dotnet test tests/EndToEnd.Tests -c $(CONFIGURATION) --no-build --nologo \
	  --filter FullyQualifiedName~LatencyTests --logger "console;verbosity=detailed"

outage: build ## the stream is away for ten minutes, at 200 and at 20,000 events a second (OUTAGE_SECONDS; needs root), half an hour
	@OUTAGE_SECONDS=$${OUTAGE_SECONDS:-600} dotnet test tests/EndToEnd.Tests -c $(CONFIGURATION) --no-build --nologo \
	  --filter FullyQualifiedName~OutageTests --logger "console;verbosity=detailed"

fuzz: setup ## hostile rules, events and states for five minutes, then five million frames (FUZZ_SECONDS, FUZZ_CASES, FUZZ_SEED): no crash, no hang, bounded memory
	@dotnet build tests/Fuzz -c $(CONFIGURATION) --nologo -v quiet
	@dotnet run -c $(CONFIGURATION) --no-build --project tests/Fuzz

bench: build ## BenchmarkDotNet: ratios, side by side with a baseline
	@dotnet run -c $(CONFIGURATION) --no-build --project tests/Benchmarks -- --filter '*' --artifacts artifacts/benchmarks
	@dotnet run -c $(CONFIGURATION) --no-build --project tests/Benchmarks -- sizes
	@dotnet run -c $(CONFIGURATION) --no-build --project tests/Benchmarks -- state
	@bash eng/load-time.sh
	@bash eng/bench-function.sh

cost: build ## what 100 hosts cost a month: calls counted before emulators, with the prices of docs/cost.md (HOSTS, EVENTS, MINUTES), some minutes
	@bash eng/cost.sh

bench-kernel: bpf ## what the probes add to system calls, beside an empty program and the usual way by name (ROUNDS; needs root)
	@bash eng/bench-kernel.sh

bench-agent: bpf ## what the agent costs: memory, and CPU at 50 and at 200,000 events a second (SINK=kinesis or jsonl; needs root)
	@bash eng/bench-agent.sh

bench-quick: ## the same with few and short runs: shows the order of magnitude
	@dotnet build tests/Benchmarks -c $(CONFIGURATION) --nologo -v quiet
	@dotnet run -c $(CONFIGURATION) --no-build --project tests/Benchmarks -- --filter '*' --artifacts artifacts/benchmarks --inProcess --warmupCount 2 --iterationCount 3
	@dotnet run -c $(CONFIGURATION) --no-build --project tests/Benchmarks -- state
	@RUNS=5 bash eng/load-time.sh

format: setup ## format the probes (C# style is checked by every build)
	@$(MAKE) --silent -C bpf format

clean: ## remove everything that was built
	rm -rf artifacts

.PHONY: help setup bpf triggers build test demo publish guest reproducible bare-host synth soak chaos chaos-function latency outage matrix fuzz bench cost bench-kernel bench-agent bench-quick format clean
