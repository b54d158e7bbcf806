# Needs Python 3.11 or later, git and make; no Node and no services. `make` lists the commands.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
ADDRESS ?= 127.0.0.1
PORT ?= 8000
SOURCES := pyproject.toml hatch_build.py package.json package-lock.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run demo test test-sqlite test-pg nodes fast lint fix types storeys migrations translations \
	deploy-check reactions docs docs-check screenshots lock chromium dovecot check ci bench

help: ## 列出命令 · list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.installed ## 安装并启动演示,打开 http://127.0.0.1:8000 · install and serve the demo
	@SHOUWEN_DEMO=1 $(BIN)/shouwen prepare
	@SHOUWEN_DEMO=1 exec $(BIN)/shouwen serve --host $(ADDRESS) --port $(PORT)

demo: .venv/.installed ## 重建演示公司(清空数据库) · start the demo company anew (empties the database)
	@$(BIN)/shouwen prepare
	@SHOUWEN_DEMO=1 $(BIN)/shouwen demo --reset

test: test-sqlite test-pg ## 全部测试:先 SQLite,有 PostgreSQL 再跑一遍 · the whole suite on both databases

test-sqlite: .venv/.dev chromium dovecot
	env -u DATABASE_URL -u TEST_DATABASE_URL $(BIN)/pytest -n auto

# TEST_DATABASE_URL names a server; without it one on this machine is tried.
test-pg: .venv/.dev chromium dovecot
	@url=$$($(BIN)/python .ci/postgres.py); code=$$?; \
	[ $$code = 1 ] && exit 0; [ $$code = 0 ] || exit $$code; \
	echo "pytest -n auto on PostgreSQL"; TEST_DATABASE_URL=$$url $(BIN)/pytest -n auto

# TEST_DATABASE_URL and TEST_BROKER_URL name other servers; NODE_ROUNDS and NODE_SEED another course.
nodes: .venv/.dev ## 两台网页、两个工作进程,负载下断电 · two nodes and two workers, killed under load
	url=$$($(BIN)/python .ci/postgres.py) && NODE_ROUNDS=$${NODE_ROUNDS:-12} TEST_DATABASE_URL=$$url \
		$(BIN)/pytest -n 0 -s tests/doors/jobs/nodes/test_two_nodes.py

fast: .venv/.dev ## 只测规则与架构,几秒 · rules and architecture only, in seconds
	$(BIN)/pytest tests/ground/foundation tests/architecture tests/ -k "rules or architecture or money"

lint: .venv/.dev ## 代码风格 · style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fix: .venv/.dev ## 自动改正风格 · mend the style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv/.dev ## 类型 · types
	$(BIN)/mypy

storeys: .venv/.dev ## 导入只能向下 · imports only go down
	$(BIN)/lint-imports

migrations: .venv/.dev ## 有没有漏写的迁移 · no migration is missing
	$(BIN)/shouwen makemigrations --check --dry-run

translations: .venv/.dev ## 英文词条齐不齐 · every message has its English
	$(BIN)/shouwen translations --check

deploy-check: .venv/.dev ## 正式部署的安全设置 · settings of a real installation
	BASE_URL=https://shouwen.example ALLOWED_HOSTS=shouwen.example \
		$(BIN)/shouwen check --deploy --fail-level WARNING

reactions: .venv/.installed ## 哪件事实由谁响应 · which fact is answered by whom
	@$(BIN)/shouwen reactions

docs: .venv/.dev ## 生成文档 · generate the documents
	$(BIN)/shouwen docs

docs-check: .venv/.dev ## 文档与代码一致 · the documents say what the code says
	$(BIN)/shouwen docs --check

screenshots: .venv/.dev chromium ## 重拍截图 · take the screenshots anew
	SHOUWEN_DEMO=1 $(BIN)/shouwen screenshots

# Hours for everything; bench/README.md says how a short run is asked for.
STEPS ?= all
OPTIONS ?=
bench: .venv/.dev chromium ## 与同类系统及极限比速度 · measure beside other systems and the limit
	$(BIN)/python -m bench $(STEPS) $(OPTIONS)

check: lint types storeys migrations translations docs-check deploy-check ## 测试以外的全部检查 · all checks but the tests

ci: check test ## 与持续集成相同 · what the integration runs

# The extras first: what they hold back (boto3 an old dateutil) is held back everywhere, so that
# one set of versions is tested and runs.
LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate pyproject.toml --extra pg
lock: .venv/.dev ## 重写锁文件(需要 uv 与 npm) · write the lock files anew (needs uv and npm)
	$(LOCK) --extra broker --extra s3 -o requirements-nodes.lock
	$(LOCK) -c requirements-nodes.lock -o requirements.lock
	$(LOCK) -c requirements-nodes.lock --group dev -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts
	$(BIN)/python .ci/plain_lock.py package-lock.json

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 以上 · Python 3.11 or later is needed"; exit 1; }
	@echo "$(PYTHON) -m venv .venv"; $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Debian/Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.installed: requirements.lock $(SOURCES) | .venv/bin/python
	@echo "安装依赖(第一次约一分钟) · installing (about a minute the first time)"
	@$(BIN)/pip install -q --require-hashes -r requirements.lock
	@echo "下载样式、脚本与字体,编译词条 · fetching style sheets, scripts and fonts"
	@$(BIN)/pip install -q --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.installed
	@echo "安装开发工具 · installing the developers' tools"
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	|| command -v google-chrome >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "安装 Chromium · installing Chromium"; \
			apt-get update -q && apt-get install -qy --no-install-recommends chromium; \
		else echo "浏览器测试需要 Chromium · the browser tests need Chromium: apt-get install chromium"; \
			exit 1; fi; }

# As an ordinary process of the tests: the one that Debian starts by itself is not wanted.
dovecot:
	@[ -x /usr/sbin/dovecot ] || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "安装 Dovecot · installing Dovecot"; \
			apt-get update -q && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
				apt-get install -qy --no-install-recommends dovecot-imapd; \
		else echo "没有 Dovecot,收信测试略过 · no Dovecot, the IMAP tests are skipped: \
apt-get install dovecot-imapd"; fi; }
