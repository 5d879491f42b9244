#!/bin/sh
# Make the environment: the packages of requirements.lock, with uv where there is one, else with venv and pip.
set -eu
cd "$(dirname "$0")/.."
venv=${1:-.venv}
here=$(pwd -P)

say() { printf '%s\n' "$*" >&2; }

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 && fits "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    say "Rasid needs Python 3.11 or newer; none was found (python3 is: $(python3 --version 2>&1 || true))."
    say "Install one and try again, for example: sudo apt-get install python3 python3-venv"
    return 1
}

# Debian keeps ensurepip in a package of its own.
install_venv_package() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    command="apt-get install -y --no-install-recommends python$version-venv"
    if command -v apt-get >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi
        say "This Python has no venv; installing python$version-venv"
        if { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive $command; } >&2; then return; fi
    fi
    say "This Python ($1) cannot make environments, and python$version-venv could not be installed from here."
    say "Run this and try again: sudo $command"
    return 1
}

if [ "$(cat "$venv/checkout" 2>/dev/null)" != "$here" ] || ! fits "$venv/bin/python"; then
    python=$(find_python)
    say "Making $venv with $python"
    rm -rf "$venv"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --python "$python" "$venv"
    else
        "$python" -c 'import ensurepip, venv' 2>/dev/null || install_venv_package "$python"
        "$python" -m venv "$venv"
    fi
fi

say "Installing the packages of requirements.lock"
if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r requirements.lock
    uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation -e .
else
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null
    pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
    $pip install --require-hashes -r requirements.lock
    $pip install --no-deps --no-build-isolation -e .
fi
printf '%s\n' "$here" >"$venv/checkout"
