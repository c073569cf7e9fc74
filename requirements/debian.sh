#!/bin/sh
# Install those of the Debian packages named that are missing: only as root, only where there is apt-get.
# Nothing here fails: what stays missing skips the tests that need it, and they are named at the end.
missing=""
command -v dpkg-query >/dev/null || exit 0
for package in "$@"; do
  dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ]; then
  echo "Not installed, tests that need it are skipped:$missing"
  exit 0
fi
echo "Installing for the tests:$missing …"
export DEBIAN_FRONTEND=noninteractive
# Unquoted on purpose: one word a package.
apt-get -qq update && apt-get -qq install --yes --no-install-recommends $missing >/dev/null ||
  echo "Could not install:$missing (tests that need it are skipped)"
exit 0
