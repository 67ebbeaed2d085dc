#!/bin/sh
# Takes what only the embedded PostgreSQL and Kafka need out of an unpacked program: without-embedded.sh DIRECTORY
set -eu
here=$(dirname "$0")
grep -v '^#' "$here/embedded-only.txt" | while read -r pattern; do
  # shellcheck disable=SC2086 # the pattern is to be expanded
  rm -f "$1"/lib/main/$pattern
done
