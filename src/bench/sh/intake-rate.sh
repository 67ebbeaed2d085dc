#!/usr/bin/env bash
# How many reports a second the door answers with 200 after the broker's acknowledgement, beside what Kafka's own
# producer-perf-test writes to the same topic of the same broker with records of the same size: with the tool's own settings
# (linger.ms=0, batches of 16 KiB), and with those of the door's producer. Broker, intake and load share the machine.
# Needs wrk (Debian's package), a packaged jar and a JDK 25 as JAVA_HOME. Arguments: seconds a round, rounds, seconds of warm-up.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

seconds=${1:-15} rounds=${2:-3} warm=${3:-90} connections=256
java=${JAVA_HOME:?a JDK 25}/bin/java
jar=$PWD/target/quarkus-app/quarkus-run.jar
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$tmp"' EXIT

export SEALPOST_ORIGIN_KEY=origin-key-of-the-intake-rate-benchmark QUARKUS_HTTP_HOST=127.0.0.1
start() { # start NAME: a server with the environment given, its log in $tmp/NAME.log
  "$java" -jar "$jar" >"$tmp/$1.log" 2>&1 &
  for ((wait = 0; wait < 600; wait++)); do
    grep -qs 'Sealpost ready' "$tmp/$1.log" && return
    sleep 0.2
  done
  cat "$tmp/$1.log" >&2
  exit 1
}

SEALPOST_DATA_DIR=$tmp/broker SEALPOST_ROLES=api QUARKUS_HTTP_PORT=18081 QUARKUS_MANAGEMENT_PORT=19001 start broker
value() { sed -n "s/^$1=//p" "$tmp/broker/connections.properties" | sed 's/\\\(.\)/\1/g'; }
jaas="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$(value kafka.username)\" password=\"$(value kafka.password)\";"
SEALPOST_DATA_DIR=$tmp/intake SEALPOST_ROLES=intake QUARKUS_HTTP_PORT=18080 QUARKUS_MANAGEMENT_PORT=19000 \
  SEALPOST_WATCH_DOMAINS=rate.example SEALPOST_INTAKE_TRUSTED_SOURCES=127.0.0.1 \
  SEALPOST_INTAKE_MAX_CONNECTIONS_PER_SOURCE=$((2 * connections)) \
  QUARKUS_DATASOURCE_JDBC_URL=$(value postgres.url) QUARKUS_DATASOURCE_USERNAME=$(value postgres.user) \
  QUARKUS_DATASOURCE_PASSWORD=$(value postgres.password) KAFKA_BOOTSTRAP_SERVERS=$(value kafka.bootstrap.servers) \
  KAFKA_SECURITY_PROTOCOL=SASL_PLAINTEXT KAFKA_SASL_MECHANISM=PLAIN KAFKA_SASL_JAAS_CONFIG=$jaas start intake

cat >"$tmp/report.json" <<JSON
{"organization-name":"Rate Inc.","date-range":{"start-datetime":"2026-11-01T00:00:00Z","end-datetime":"2026-11-01T23:59:59Z"},"contact-info":"tlsrpt@rate.example","report-id":"2026-11-01T00:00:00Z_rate.example","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: mx1.rate.example","mx: mx2.rate.example","max_age: 604800"],"policy-domain":"rate.example","mx-host":["mx1.rate.example","mx2.rate.example"]},"summary":{"total-successful-session-count":127,"total-failure-session-count":0}}]}
JSON
gzip -9c "$tmp/report.json" >"$tmp/report.gz"
size=$(stat -c %s "$tmp/report.json")
cat >"$tmp/post.lua" <<LUA
local file = io.open("$tmp/report.gz", "rb")
wrk.method, wrk.body = "POST", file:read("*a")
wrk.headers["Content-Type"] = "application/tlsrpt+gzip"
LUA

./mvnw -q dependency:copy -Dartifact=org.apache.kafka:kafka-tools:4.1.2 -DoutputDirectory="$tmp/tools"
./mvnw -q dependency:copy -Dartifact=net.sourceforge.argparse4j:argparse4j:0.7.0 -DoutputDirectory="$tmp/tools"
tools="$tmp/tools/*:target/quarkus-app/lib/main/*"
printf '%s\n' "bootstrap.servers=$(value kafka.bootstrap.servers)" security.protocol=SASL_PLAINTEXT sasl.mechanism=PLAIN \
  "sasl.jaas.config=$jaas" acks=all compression.type=zstd >"$tmp/producer.properties"

produce() { # produce RECORDS [SETTING=VALUE...]: records a second
  local records=$1
  shift
  "$java" -cp "$tools" org.apache.kafka.tools.ProducerPerformance --topic tlsrpt.reports --num-records "$records" \
    --record-size "$size" --throughput -1 --producer.config "$tmp/producer.properties" --producer-props "$@" 2>/dev/null |
    sed -n 's/.* sent, \([0-9.]*\) records\/sec.*/\1/p' | tail -1
}
post() { # answers a second; anything but 200 is told
  wrk -t1 -c"$connections" -d"$1" -s "$tmp/post.lua" http://127.0.0.1:18080/tlsrpt | tee "$tmp/wrk" | sed -n 's/Requests\/sec: *//p'
  grep 'Non-2xx' "$tmp/wrk" >&2 || true
}

own=(linger.ms=0 batch.size=16384) doors=(linger.ms=2 batch.size=131072)
produce 200000 "${own[@]}" >/dev/null; post "${warm}s" >/dev/null
for ((i = 1; i <= rounds; i++)); do
  p=$(produce $((seconds * 20000)) "${own[@]}"); h=$(post "${seconds}s"); d=$(produce $((seconds * 40000)) "${doors[@]}")
  awk -v p="$p" -v d="$d" -v h="$h" -v s="$size" 'BEGIN {
    printf "records of %d bytes: door %.0f/s, producer-perf-test %.0f/s (ratio %.2f), as the door batches %.0f/s (ratio %.2f)\n", s, h, p, h / p, d, h / d }'
done
