#!/bin/sh
# Print the path of a Chrome or Chromium that starts; with --install, get one first where there is none.
set -eu
cd "$(dirname "$0")/.."
playwright=.venv/bin/playwright

say() { printf '%s\n' "$*" >&2; }

# Ubuntu's chromium-browser may be an empty shell that asks for a snap: a browser counts once it tells its version.
starts() { "$1" --version >/dev/null 2>&1; }

find_browser() {
    for name in "${RASID_BROWSER:-}" google-chrome google-chrome-stable chromium chromium-browser chrome; do
        path=$(command -v "${name:-none}" 2>/dev/null) || continue
        if starts "$path"; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)' 2>/dev/null) || return 1
    if starts "$path"; then printf '%s\n' "$path"; else return 1; fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

from_debian() {
    command -v apt-get >/dev/null 2>&1 || return 1
    say "Installing $* with apt-get"
    as_root apt-get update -qq >&2 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >&2
}

from_playwright() {
    say "Downloading playwright's own browser"
    if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then
        "$playwright" install --with-deps chromium >&2 || "$playwright" install chromium >&2
    else
        "$playwright" install chromium >&2
    fi
}

# The program that drives the browser needs a library that a bare Debian lacks.
if [ "${1:-}" = --install ] && ! starts "$playwright"; then
    from_debian libatomic1 || say "apt-get could not install libatomic1 here"
    starts "$playwright" || { say "$playwright does not start. Try: sudo apt-get install libatomic1"; exit 1; }
fi
find_browser && exit 0
if [ "${1:-}" = --install ]; then
    from_debian chromium fonts-dejavu-core || say "apt-get could not install chromium here"
    find_browser && exit 0
    from_playwright || say "playwright could not download a browser here"
    find_browser && exit 0
fi
say "No Chrome or Chromium that starts was found. Get one with: sudo apt-get install chromium"
say "or with: .venv/bin/playwright install --with-deps chromium"
exit 1
