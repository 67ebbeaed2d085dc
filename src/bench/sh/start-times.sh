#!/usr/bin/env bash
# Start to ready, CPU time until then and resident memory 5 s later of each role and of standalone, with and without the AOT
# cache: medians. The roles run what the image for clusters holds and standalone what its own image holds, each with the cache
# that its image would have. A role starts against a PostgreSQL and a Kafka that run already (those inside a server of ours), on
# an empty data directory; standalone on the data of an earlier start. Starts with and without the cache take turns.
# Needs a packaged jar and a JDK 25 as JAVA_HOME. Arguments: runs (5), roles. OTHER=DIRECTORY, another target/quarkus-app, is
# measured in turn with this one, with a cache of its own; it must know the same tables.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

runs=${1:-5}
shift || true
roles=${*:-intake mailbox aggregator api alerts standalone}
export PATH=${JAVA_HOME:?a JDK 25}/bin:$PATH
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$tmp"' EXIT

lay_out() { # lay_out NAME PROGRAM: what the two images hold, if it is asked for
  if [[ "$roles" != standalone ]]; then
    cp -r "$2" "$tmp/$1-cluster"
    rm -f "$tmp/$1-cluster/sealpost.aot"
    src/main/docker/without-embedded.sh "$tmp/$1-cluster"
    PORT=18180 MANAGEMENT_PORT=19180 src/main/docker/train.sh "$tmp/$1-cluster" "$2"
  fi
  if [[ " $roles " == *" standalone "* ]]; then
    cp -r "$2" "$tmp/$1-standalone"
    rm -f "$tmp/$1-standalone/sealpost.aot"
    PORT=18180 MANAGEMENT_PORT=19180 src/main/docker/train.sh "$tmp/$1-standalone"
  fi
}
programs=(this)
lay_out this target/quarkus-app
if [[ -n ${OTHER:-} ]]; then
  programs+=(other)
  lay_out other "$OTHER"
fi

export SEALPOST_ORIGIN_KEY=origin-key-of-the-start-times-benchmark QUARKUS_HTTP_HOST=127.0.0.1
ready() { until grep -qs 'Sealpost ready' "$1"; do kill -0 "$2" || { cat "$1" >&2; exit 1; }; sleep 0.01; done; }
if [[ "$roles" != standalone ]]; then
  SEALPOST_DATA_DIR=$tmp/parts QUARKUS_HTTP_PORT=18181 QUARKUS_MANAGEMENT_PORT=19181 \
    java -Xmx512m -jar target/quarkus-app/quarkus-run.jar >"$tmp/parts.log" 2>&1 &
  ready "$tmp/parts.log" $!
  value() { sed -n "s/^$1=//p" "$tmp/parts/connections.properties" | sed 's/\\\(.\)/\1/g'; }
  jaas="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$(value kafka.username)\" password=\"$(value kafka.password)\";"
  outside=("QUARKUS_DATASOURCE_JDBC_URL=$(value postgres.url)" "QUARKUS_DATASOURCE_USERNAME=$(value postgres.user)"
    "QUARKUS_DATASOURCE_PASSWORD=$(value postgres.password)" "KAFKA_BOOTSTRAP_SERVERS=$(value kafka.bootstrap.servers)"
    KAFKA_SECURITY_PROTOCOL=SASL_PLAINTEXT KAFKA_SASL_MECHANISM=PLAIN "KAFKA_SASL_JAAS_CONFIG=$jaas")
fi

median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
one() { # one PROGRAM ROLE JAVA-OPTIONS...: prints milliseconds, CPU milliseconds, MiB
  local app=$tmp/$1-cluster role=$2 data=$tmp/run begin pid end cpu
  local heap=512m settings=(QUARKUS_HTTP_PORT=18182 QUARKUS_MANAGEMENT_PORT=19182)
  if [[ $role == standalone ]]; then
    app=$tmp/$1-standalone data=$tmp/$1-data heap=1g
    settings+=("SEALPOST_DATA_DIR=$data")
  else
    rm -rf "$data"
    settings+=("SEALPOST_DATA_DIR=$data" "SEALPOST_ROLES=$role" "${outside[@]}")
  fi
  shift 2
  rm -f "$tmp/run.log"
  begin=$(date +%s%N)
  env "${settings[@]}" java -Xmx$heap -XX:+UseSerialGC "$@" -jar "$app/quarkus-run.jar" >"$tmp/run.log" 2>&1 &
  pid=$!
  ready "$tmp/run.log" $pid
  end=$(date +%s%N)
  cpu=$(awk '{print ($14+$15)*10}' "/proc/$pid/stat")
  sleep 5
  echo "$(((end - begin) / 1000000)) $cpu $(awk '/^VmRSS/ {print int($2/1024)}' "/proc/$pid/status")"
  kill $pid
  wait $pid || true
}
printf '%-6s %-12s %-5s %10s %10s %10s\n' build role AOT ready/ms CPU/ms RSS/MiB
for role in $roles; do
  for program in "${programs[@]}"; do
    # The first start of standalone makes its cluster and its topics.
    [[ $role != standalone ]] || one "$program" standalone >/dev/null
    : >"$tmp/results-$program-no"
    : >"$tmp/results-$program-yes"
  done
  for ((run = 0; run < runs; run++)); do
    for program in "${programs[@]}"; do
      kind=cluster
      [[ $role != standalone ]] || kind=standalone
      one "$program" "$role" >>"$tmp/results-$program-no"
      one "$program" "$role" "-XX:AOTCache=$tmp/$program-$kind/sealpost.aot" >>"$tmp/results-$program-yes"
    done
  done
  for program in "${programs[@]}"; do
    for cache in no yes; do
      results=$tmp/results-$program-$cache
      printf '%-6s %-12s %-5s %10s %10s %10s\n' "$program" "$role" $cache "$(cut -d' ' -f1 "$results" | median)" \
        "$(cut -d' ' -f2 "$results" | median)" "$(cut -d' ' -f3 "$results" | median)"
    done
  done
done
