#!/bin/sh
# Makes a fresh machine ready: the system libraries that Qt needs, uv, and the environment in .venv.
# What is in place already is left alone, so that calling it every time costs next to nothing.
#
#   prepare.sh            to test, and to run without a display
#   prepare.sh window     to open the window on a display
#   prepare.sh dist       to build the program for clerks
#   prepare.sh bench      to measure it beside others
set -eu

purpose=${1:-tests}
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

say() { printf '%s\n' "$@" >&2; }
stop() { say "$@"; exit 1; }

# ---- the system's own Python: Debian's first, then whatever the path offers

find_python() {
    for candidate in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer is needed. On Debian 12: apt-get install python3"
}

# ---- system packages: a library that Qt loads, and the package that brings it

libraries='
libEGL.so.1          libegl1
libGL.so.1           libgl1
libxkbcommon.so.0    libxkbcommon0
libdbus-1.so.3       libdbus-1-3
libfontconfig.so.1   libfontconfig1
libfreetype.so.6     libfreetype6
libglib-2.0.so.0     libglib2.0-0
libX11.so.6          libx11-6
'
# The frozen program carries most of these with it, so building needs them as a display does.
display_libraries='
libxkbcommon-x11.so.0    libxkbcommon-x11-0
libX11-xcb.so.1          libx11-xcb1
libxcb-cursor.so.0       libxcb-cursor0
libxcb-icccm.so.4        libxcb-icccm4
libxcb-image.so.0        libxcb-image0
libxcb-keysyms.so.1      libxcb-keysyms1
libxcb-randr.so.0        libxcb-randr0
libxcb-render-util.so.0  libxcb-render-util0
libxcb-render.so.0       libxcb-render0
libxcb-shape.so.0        libxcb-shape0
libxcb-shm.so.0          libxcb-shm0
libxcb-sync.so.1         libxcb-sync1
libxcb-xfixes.so.0       libxcb-xfixes0
libxcb-xkb.so.1          libxcb-xkb1
libwayland-client.so.0   libwayland-client0
libwayland-cursor.so.0   libwayland-cursor0
libwayland-egl.so.1      libwayland-egl1
libcups.so.2             libcups2
'

missing_libraries() {
    wanted=$libraries
    case "$purpose" in
        window | dist) wanted="$wanted$display_libraries" ;;
    esac
    printf '%s' "$wanted" | while read -r library package; do
        [ -n "$library" ] || continue
        case "$known" in
            *"$library "*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

# PyInstaller reads and strips libraries with binutils, and carries Python as a library, which Debian packs by itself.
missing_for_building() {
    command -v objdump >/dev/null || printf 'binutils '
    if [ "$python" = /usr/bin/python3 ]; then
        name=$("$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')
        case "$known" in
            *"$name.so.1.0 "*) ;;
            *) printf '%s ' "$name" ;;
        esac
    fi
}

missing_packages() {
    known=$(/sbin/ldconfig -p)
    missing_libraries
    [ "$purpose" != dist ] || missing_for_building
}

install_packages() {
    if ! command -v apt-get >/dev/null; then
        stop "This system lacks what these Debian packages bring: $*" "Install them its own way, then try again."
    fi
    if [ "$(id -u)" -ne 0 ]; then
        stop "Missing system packages: $*" "Install them with: sudo apt-get install --no-install-recommends $*"
    fi
    say "Installing system packages: $*"
    export DEBIAN_FRONTEND=noninteractive
    # A list that cannot be had now may still be here from before; installing says what is really missing.
    apt-get update -q >&2 || say "apt-get update failed; going on with the lists at hand"
    apt-get install -y -q --no-install-recommends "$@" >&2
}

# ---- uv: one of the release series that wrote the lock, from the path or into .bootstrap

find_uv() {
    for candidate in uv .bootstrap/bin/uv; do
        case "$("$candidate" --version 2>/dev/null)" in
            "uv 0.13."*) command -v "$candidate"; return ;;
        esac
    done
}

bootstrap_uv() {
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        install_packages python3-venv
    fi
    say "Fetching uv into .bootstrap"
    rm -rf .bootstrap
    "$python" -m venv .bootstrap
    .bootstrap/bin/python -m pip install -q --disable-pip-version-check \
        --only-binary :all: --require-hashes -r installer/bootstrap.txt
}

# ---- the environment: made anew when the lock, the metadata or the place of the project changes

synced_state() { printf '%s\n' "$root"; cksum uv.lock pyproject.toml; }

is_synced() {
    [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(synced_state)" = "$(cat "$stamp")" ]
}

sync_environment() {
    rm -f .venv/.synced .venv/.synced-*
    case "$purpose" in
        dist | bench) "$uv" sync --locked --python "$python" --group "$purpose" ;;
        *) "$uv" sync --locked --python "$python" ;;
    esac
    # The environments for building and for measuring are the one for testing, and more.
    synced_state > .venv/.synced
    synced_state > "$stamp"
}

python=$(find_python)
packages=$(missing_packages)
if [ -n "$packages" ]; then
    # shellcheck disable=SC2086  # one word a package is what is meant
    install_packages $packages
fi

stamp=.venv/.synced
case "$purpose" in
    dist | bench) stamp=.venv/.synced-$purpose ;;
esac
if ! is_synced; then
    uv=$(find_uv)
    if [ -z "$uv" ]; then
        bootstrap_uv
        uv=.bootstrap/bin/uv
    fi
    say "Preparing .venv from uv.lock"
    sync_environment
fi
