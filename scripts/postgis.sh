#!/bin/sh
# Print the folder of PostgreSQL's programs where PostGIS is installed too; with --install, get both first.
set -eu

say() { printf '%s\n' "$*" >&2; }

find_postgis() {
    for control in /usr/share/postgresql/*/extension/postgis.control; do
        [ -e "$control" ] || continue
        version=$(basename "$(dirname "$(dirname "$control")")")
        bin=/usr/lib/postgresql/$version/bin
        if [ -x "$bin/initdb" ]; then
            printf '%s\n' "$bin"
            return 0
        fi
    done
    return 1
}

find_postgis && exit 0
if [ "${1:-}" = --install ] && command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi
    say "No PostgreSQL with PostGIS found: installing Debian's"
    $sudo apt-get update -qq >&2 && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends postgresql postgis postgresql-postgis >&2 || say "apt-get could not install it here"
    find_postgis && exit 0
fi
say "No PostgreSQL with PostGIS was found. Get it with: sudo apt-get install postgresql postgresql-postgis"
exit 1
