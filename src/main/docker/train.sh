#!/usr/bin/env bash
# Makes the AOT cache of the virtual machine, DIRECTORY/sealpost.aot, by a short life of the program in DIRECTORY: it starts with
# every role, takes a report, counts it and is asked about it. What that life does not touch is not in the cache.
#   train.sh DIRECTORY [WHOLE]
# WHOLE is the program with PostgreSQL and Kafka inside, which runs them for one that has been left without
# (without-embedded.sh). The cache is good for the Java that made it and for these files at this place, so it is made in the
# image. Run as the user that owns DIRECTORY, and not as root: PostgreSQL does not run as root.
set -euo pipefail
app=$1
whole=${2:-}
port=${PORT:-8080} management=${MANAGEMENT_PORT:-9000}
work=$(mktemp -d)
pids=()
trap '[[ ${#pids[@]} == 0 ]] || kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
# A cache is refused when a jar's time differs; layers of images keep whole seconds only.
find "$app" -exec touch -d '2026-11-01 00:00:00 UTC' {} +

export SEALPOST_ORIGIN_KEY=only-for-the-training-run-of-an-image SEALPOST_INTAKE_SPOOL_MIN_FREE=1M \
  SEALPOST_WATCH_DOMAINS=training.example QUARKUS_HTTP_HOST=127.0.0.1

await() { # await WHAT COMMAND...: until it succeeds, while all processes live, for two minutes
  local what=$1 tries
  shift
  for ((tries = 0; tries < 600; tries++)); do
    ! "$@" || return 0
    kill -0 "${pids[@]}" 2>/dev/null || break
    sleep 0.2
  done
  echo "train.sh: $what" >&2
  cat "$work"/*.log >&2
  exit 1
}
ready() { grep -qs '^Sealpost ready' "$work/$1.log"; }
http() { # http PORT METHOD PATH [BODY]: the answer; there need not be a curl in the image
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept-Encoding: identity\r\nAuthorization: Bearer %s\r\nContent-Type: application/tlsrpt+json\r\nContent-Length: %d\r\n\r\n%s' \
    "$2" "$3" "$(cat "$work/data/admin.key")" "$(printf %s "${4:-}" | wc -c)" "${4:-}" >&3
  cat <&3
  exec 3>&-
}

if [[ -n $whole ]]; then
  SEALPOST_DATA_DIR=$work/parts SEALPOST_ROLES=api QUARKUS_HTTP_PORT=$((port + 2)) \
    QUARKUS_MANAGEMENT_PORT=$((management + 2)) java -jar "$whole/quarkus-run.jar" >"$work/parts.log" 2>&1 &
  pids+=($!)
  await 'PostgreSQL and Kafka do not start' ready parts
  value() { sed -n "s/^$1=//p" "$work/parts/connections.properties" | sed 's/\\\(.\)/\1/g'; }
  # What follows is the environment of the program that is trained.
  QUARKUS_DATASOURCE_JDBC_URL=$(value postgres.url)
  QUARKUS_DATASOURCE_USERNAME=$(value postgres.user)
  QUARKUS_DATASOURCE_PASSWORD=$(value postgres.password)
  KAFKA_BOOTSTRAP_SERVERS=$(value kafka.bootstrap.servers)
  KAFKA_SASL_JAAS_CONFIG="org.apache.kafka.common.security.plain.PlainLoginModule required username=\"$(value kafka.username)\" password=\"$(value kafka.password)\";"
  export QUARKUS_DATASOURCE_JDBC_URL QUARKUS_DATASOURCE_USERNAME QUARKUS_DATASOURCE_PASSWORD KAFKA_BOOTSTRAP_SERVERS \
    KAFKA_SASL_JAAS_CONFIG KAFKA_SECURITY_PROTOCOL=SASL_PLAINTEXT KAFKA_SASL_MECHANISM=PLAIN
fi

# Without the calling adapters: with as many classes as the standalone program has, 25.0.3 mixes two of them up and warns at
# each start.
SEALPOST_DATA_DIR=$work/data QUARKUS_HTTP_PORT=$port QUARKUS_MANAGEMENT_PORT=$management \
  java -XX:AOTCacheOutput="$app/sealpost.aot" -XX:+UnlockDiagnosticVMOptions -XX:-AOTAdapterCaching -XX:+UseSerialGC \
  -jar "$app/quarkus-run.jar" serve >"$work/trained.log" 2>&1 &
server=$!
pids+=("$server")
await 'the program does not start' ready trained
http "$port" POST /tlsrpt '{"organization-name":"Training","date-range":{"start-datetime":"2026-11-01T00:00:00Z","end-datetime":"2026-11-01T23:59:59Z"},"contact-info":"tlsrpt@training.example","report-id":"training","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1"],"policy-domain":"training.example","mx-host":["mx.training.example"]},"summary":{"total-successful-session-count":2,"total-failure-session-count":1},"failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1","receiving-mx-hostname":"mx.training.example","failed-session-count":1}]}]}' >/dev/null
counted() { http "$port" GET '/api/v1/failures?from=2026-11-01&to=2026-11-01&domain=training.example' | grep -q certificate-expired; }
await 'the report is not counted' counted
for path in /q/health/ready /q/metrics; do
  http "$management" GET $path >/dev/null
done

# The cache is written by a second process, which the first one waits for.
kill -TERM $server
wait $server || true
if [[ ! -s $app/sealpost.aot ]]; then
  cat "$work/trained.log" >&2
  exit 1
fi
chmod 0644 "$app/sealpost.aot"
touch -d '2026-11-01 00:00:00 UTC' "$app" "$app/sealpost.aot"
