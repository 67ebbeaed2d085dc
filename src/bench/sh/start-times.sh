#!/usr/bin/env bash
# Start to ready, CPU time until then and resident memory 5 s later of each role and of standalone, with and without the AOT
# cache: medians. Each role starts against a PostgreSQL and a Kafka that run already (those inside a server of ours), on an
# empty data directory. Needs a packaged jar and a JDK 25 as JAVA_HOME. Arguments: runs (5), roles.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

runs=${1:-5}
shift || true
roles=${*:-intake mailbox aggregator api standalone}
export PATH=${JAVA_HOME:?a JDK 25}/bin:$PATH
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$tmp"' EXIT
cp -r target/quarkus-app "$tmp/app"
PORT=18180 MANAGEMENT_PORT=19180 src/main/docker/train.sh "$tmp/app"

export SEALPOST_ORIGIN_KEY=origin-key-of-the-start-times-benchmark QUARKUS_HTTP_HOST=127.0.0.1
ready() { until grep -qs 'Sealpost ready' "$1"; do kill -0 "$2" || { cat "$1" >&2; exit 1; }; sleep 0.01; done; }
SEALPOST_DATA_DIR=$tmp/parts QUARKUS_HTTP_PORT=18181 QUARKUS_MANAGEMENT_PORT=19181 \
  java -Xmx512m -jar "$tmp/app/quarkus-run.jar" >"$tmp/parts.log" 2>&1 &
ready "$tmp/parts.log" $!
value() { sed -n "s/^$1=//p" "$tmp/parts/connections.properties" | sed 's/\\\(.\)/\1/g'; }
jaas="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$(value kafka.username)\" password=\"$(value kafka.password)\";"

median() { sort -n | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}'; }
one() { # one ROLE JAVA-OPTIONS...: prints milliseconds, CPU milliseconds, MiB
  local role=$1 data=$tmp/run begin pid end
  shift
  [[ $role == standalone && -e $tmp/standalone ]] && data=$tmp/standalone || rm -rf "$data"
  rm -f "$tmp/run.log"
  begin=$(date +%s%N)
  if [[ $role == standalone ]]; then
    SEALPOST_DATA_DIR=$tmp/standalone QUARKUS_HTTP_PORT=18182 QUARKUS_MANAGEMENT_PORT=19182 \
      java -Xmx1g "$@" -jar "$tmp/app/quarkus-run.jar" >"$tmp/run.log" 2>&1 &
  else
    SEALPOST_DATA_DIR=$data SEALPOST_ROLES=$role QUARKUS_HTTP_PORT=18182 QUARKUS_MANAGEMENT_PORT=19182 \
      QUARKUS_DATASOURCE_JDBC_URL=$(value postgres.url) QUARKUS_DATASOURCE_USERNAME=$(value postgres.user) \
      QUARKUS_DATASOURCE_PASSWORD=$(value postgres.password) KAFKA_BOOTSTRAP_SERVERS=$(value kafka.bootstrap.servers) \
      KAFKA_SECURITY_PROTOCOL=SASL_PLAINTEXT KAFKA_SASL_MECHANISM=PLAIN KAFKA_SASL_JAAS_CONFIG=$jaas \
      java -Xmx512m "$@" -jar "$tmp/app/quarkus-run.jar" >"$tmp/run.log" 2>&1 &
  fi
  pid=$!
  ready "$tmp/run.log" $pid
  end=$(date +%s%N)
  local cpu
  cpu=$(awk '{print ($14+$15)*10}' "/proc/$pid/stat")
  sleep 5
  echo "$(((end - begin) / 1000000)) $cpu $(awk '/^VmRSS/ {print int($2/1024)}' "/proc/$pid/status")"
  kill $pid
  wait $pid || true
}
printf '%-12s %-5s %10s %10s %10s\n' role AOT ready/ms CPU/ms RSS/MiB
for role in $roles; do
  # The first start of standalone makes its cluster and its topics.
  [[ $role != standalone ]] || one standalone >/dev/null
  for cache in no yes; do
    options=(-XX:+UseSerialGC)
    [[ $cache == no ]] || options+=("-XX:AOTCache=$tmp/app/sealpost.aot")
    : >"$tmp/results"
    for ((run = 0; run < runs; run++)); do one "$role" "${options[@]}" >>"$tmp/results"; done
    printf '%-12s %-5s %10s %10s %10s\n' "$role" $cache \
      "$(cut -d' ' -f1 "$tmp/results" | median)" "$(cut -d' ' -f2 "$tmp/results" | median)" "$(cut -d' ' -f3 "$tmp/results" | median)"
  done
done
