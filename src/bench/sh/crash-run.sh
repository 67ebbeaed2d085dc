#!/usr/bin/env bash
# Posts the reports of a directory while broker, PostgreSQL, intake and aggregator are killed (SIGKILL) at random moments, and
# compares the totals with the directory's truth.json. Arguments: directory with reports.lp (each packed report behind its
# length, four bytes) or gz/*.json.gz, and truth.json; number of kills (100); seed (drawn, and printed).
# Needs a packaged jar: ./mvnw -Dquick package. Exit status 1 if a total differs.
set -euo pipefail
corpus=$(realpath "${1:?a directory with reports}")
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
exec ./mvnw -q -Pbench -Dquick test-compile exec:exec@crash -Dcorpus="$corpus" -Dkills="${2:-100}" -Dseed="${3:-$RANDOM$RANDOM}"
