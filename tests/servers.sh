#!/bin/sh
# nginx, its Nchan module and Redis for the tests and the bench: the machine's own are taken when present; else
# Debian's packages are unpacked into .venv/servers. Nothing is installed, no daemon starts, nobody has to be root.
# Called by `make servers`; tests/servers.py then finds them. With --missing it fetches nothing and prints one line for
# each that is not there, which `tests/suite.py` turns into a banner.

HERE=$(cd "$(dirname "$0")/.." && pwd)/.venv/servers
LOG=$HERE/log

nginx() { [ -x /usr/sbin/nginx ] || [ -x "$HERE/bin/nginx" ]; }
nchan() { [ -e /usr/lib/nginx/modules/ngx_nchan_module.so ] || [ -e "$HERE/usr/lib/nginx/modules/ngx_nchan_module.so" ]; }
redis() { [ -x /usr/bin/redis-server ] || [ -x "$HERE/bin/redis-server" ]; }

missing() {
    nginx || echo nginx-light
    nchan || echo libnginx-mod-nchan
    redis || echo redis-server
}

# Lists and cache of our own: whoever is not root may read packages too.
apt() {
    apt-get -q -y -o Dir::State::lists="$HERE/apt/lists" -o Dir::Cache="$HERE/apt/cache" -o APT::Sandbox::User=root "$@"
}

fetch() {
    command -v apt-get >/dev/null 2>&1 || return 1
    mkdir -p "$HERE/apt/lists/partial" "$HERE/apt/cache/archives/partial" "$HERE/packages" "$HERE/bin"
    apt update >"$LOG" 2>&1 || return 1
    # What apt would install now, the libraries that are not here included; of that we only unpack the files.
    wanted=$(apt install --print-uris --no-install-recommends "$@" 2>>"$LOG" | sed -n "s/^'.* \([^ _]*\)_[^ ]*\.deb .*/\1/p")
    [ -n "$wanted" ] || return 1
    # shellcheck disable=SC2086 (one word each)
    (cd "$HERE/packages" && apt download $wanted) >>"$LOG" 2>&1 || return 1
    for package in "$HERE"/packages/*.deb; do dpkg-deb -x "$package" "$HERE" >>"$LOG" 2>&1 || return 1; done
    wrap nginx "$HERE/usr/sbin/nginx"
    wrap redis-server "$HERE/usr/bin/redis-server"
    rm -rf "$HERE/apt" "$HERE/packages"
}

# A program that finds the libraries unpacked beside it; exec keeps the process id, so that tests can end it.
wrap() {
    [ -e "$2" ] || return 0
    libraries=$(find "$HERE/usr/lib" "$HERE/lib" -maxdepth 1 -type d -name '*-linux-gnu*' 2>/dev/null | tr '\n' ':')
    printf '#!/bin/sh\nLD_LIBRARY_PATH="%s" exec "%s" "$@"\n' "$libraries" "$2" >"$HERE/bin/$1"
    chmod +x "$HERE/bin/$1"
}

if [ "$1" = --missing ]; then
    for package in $(missing); do
        echo "$(echo "$package" | tr a-z A-Z) it is not here, and apt could not fetch it; do: apt-get install $package"
    done
    exit 0
fi
packages=$(missing)
[ -n "$packages" ] || exit 0
echo "Fetching" $packages "into .venv/servers (once)…"
# shellcheck disable=SC2086 (one word each)
fetch $packages || { [ ! -e "$LOG" ] || tail -n 3 "$LOG"; }
