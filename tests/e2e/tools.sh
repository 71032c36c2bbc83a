#!/bin/sh
# Chromium for the browser tests and Java for the HTML checker: taken when present, else installed when we may.
# Called by `make browser-tools`. With --missing it installs nothing and prints one line for each that is not there,
# which `tests/suite.py` turns into a banner.

have() { command -v "$1" >/dev/null 2>&1; }
chromium() { have chromium || have chromium-browser || have google-chrome || [ -x "${STOPPRESS_CHROMIUM:-/nowhere}" ]; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

install() {
    have apt-get || return 1
    echo "Installing $* with apt (once)…"
    { as_root apt-get -q update && DEBIAN_FRONTEND=noninteractive as_root apt-get -q install -y --no-install-recommends "$@"; } \
        >/tmp/stoppress-apt.$$ 2>&1 || { tail -n 3 /tmp/stoppress-apt.$$; rm -f /tmp/stoppress-apt.$$; return 1; }
    rm -f /tmp/stoppress-apt.$$
}

if [ "$1" = --missing ]; then
    chromium || echo "BROWSER no Chromium here, and apt could not be used to install it; do: apt-get install chromium"
    have java || echo "HTML-CHECKER no Java here, and apt could not be used to install it; do: apt-get install default-jre-headless"
    exit 0
fi
chromium || install chromium || :
have java || install default-jre-headless || :
