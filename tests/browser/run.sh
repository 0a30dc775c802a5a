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

chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }
missing=()
[ -n "${CHROMIUM:-$(chromium)}" ] || missing+=(chromium)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
if [ "${#missing[@]}" -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" fonts-dejavu-core >/dev/null
fi
export CHROMIUM="${CHROMIUM:-$(chromium)}"

# Beside the build and not in the sources.
work="${CARGO_TARGET_DIR:-$root/target}/browser"
mkdir -p "$work"
cp "$here"/package.json "$here"/package-lock.json "$here"/*.mjs "$work"
if ! cmp -s "$work/package-lock.json" "$work/installed.json"; then
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
  cp "$work/package-lock.json" "$work/installed.json"
fi

export ROLELINT_PAGES="$work/pages"
rm -rf "$ROLELINT_PAGES"
mkdir -p "$ROLELINT_PAGES"
node "$work/pages.mjs" "$ROLELINT_PAGES"
for name in tea many wide nasty; do
  (cd "$ROLELINT_PAGES/$name" && "$rolelint" matrix --output "../$name.html" >/dev/null)
done
(cd "$ROLELINT_PAGES/tea" && "$rolelint" matrix --output ../tea.svg >/dev/null)
cd "$work"
node --test page.test.mjs
