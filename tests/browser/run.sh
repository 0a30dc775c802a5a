#!/usr/bin/env bash
# Opens the page of `rolelint matrix` in a browser and tries it: bash tests/browser/run.sh [PATH OF ROLELINT]
# Installs what it needs: on Debian, as root, a browser and Node where they are missing; two packages of npm, pinned.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"

rolelint="${1:-}"
if [ -z "$rolelint" ]; then
  (cd "$root" && cargo build --locked --quiet)
  rolelint="${CARGO_TARGET_DIR:-$root/target}/debug/rolelint"
fi
rolelint="$(cd "$(dirname "$rolelint")" && pwd)/$(basename "$rolelint")"

browser() { type -P chromium || type -P chromium-browser || type -P google-chrome || true; }
missing=()
[ -n "${CHROMIUM:-$(browser)}" ] || missing+=(chromium)
type -P node >/dev/null || missing+=(nodejs)
type -P npm >/dev/null || missing+=(npm)
if [ "${#missing[@]}" -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" fonts-dejavu-core >/dev/null
fi
export CHROMIUM="${CHROMIUM:-$(browser)}"

# Beside the build and not in the sources.
work="${CARGO_TARGET_DIR:-$root/target}/browser"
mkdir -p "$work"
cp "$here"/package.json "$here"/package-lock.json "$here"/*.mjs "$work"
if ! cmp -s "$work/package-lock.json" "$work/installed.json"; then
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
  cp "$work/package-lock.json" "$work/installed.json"
fi

# Role files inside of a build folder would be passed by.
ROLELINT_PAGES="$(mktemp -d)"
export ROLELINT_PAGES ROLELINT_SHOTS="$work/shots"
trap 'rm -rf "$ROLELINT_PAGES"' EXIT
node "$work/pages.mjs" "$ROLELINT_PAGES"
for name in tea many wide nasty; do
  (cd "$ROLELINT_PAGES/$name" && "$rolelint" matrix --output "../$name.html" >/dev/null)
done
(cd "$ROLELINT_PAGES/tea" && "$rolelint" matrix --output ../tea.svg >/dev/null)
cd "$work"
node --test --test-reporter=spec page.test.mjs
