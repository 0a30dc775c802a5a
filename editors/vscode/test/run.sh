#!/usr/bin/env bash
# All checks of the extension, on a bare Debian 12 as root or wherever its tools are there already.
#
# ROLELINT_BIN        a rolelint that is built already; else a debug build is made
# ROLELINT_E2E_CACHE  where Node and code-server are kept, ~/.cache/rolelint-e2e unless said
set -euo pipefail
cd "$(dirname "$0")/.."
. test/tools.sh

say "Node"
bring_node
node --version
# The editor comes while everything else is made.
bring_editor &
editor=$!
say "packages"
quietly npm-ci npm ci --ignore-scripts --no-audit --no-fund
say "types"
npx tsc
if [ -z "${ROLELINT_BIN:-}" ]; then
  say "rolelint"
  (cd ../.. && cargo build --locked)
  ROLELINT_BIN=$(cd ../.. && pwd)/target/debug/rolelint
fi
export ROLELINT_BIN
node scripts/generate.ts --check
say "unit tests"
npm run --silent unit
say "package"
node scripts/package.ts
node --test "test/package/*.test.ts"
say "VS Code"
wait "$editor"
bring_editor
"$CODE_SERVER" --version
say "end to end"
# An editor in a browser on a busy machine may be late for once; what is wrong fails twice.
npm run --silent e2e || npm run --silent e2e
