#!/bin/sh
# Makes the AOT cache of the virtual machine, DIRECTORY/sealpost.aot, by a start of the program in DIRECTORY without database
# and broker: train.sh DIRECTORY. The cache is good for the Java that made it and for these files at this place, so it is
# made in the image. Run as the user that owns DIRECTORY.
set -eu
app=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A cache is refused when a jar's time differs; layers of images keep whole seconds only.
find "$app" -exec touch -d '2026-11-01 00:00:00 UTC' {} +

SEALPOST_DATA_DIR=$work/data SEALPOST_ROLES=${ROLES:-intake,mailbox,aggregator,api} \
SEALPOST_INTAKE_SPOOL_MIN_FREE=1M SEALPOST_ORIGIN_KEY=only-for-the-training-run-of-an-image \
QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=${PORT:-8080} QUARKUS_MANAGEMENT_PORT=${MANAGEMENT_PORT:-9000} \
QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:1/none QUARKUS_DATASOURCE_USERNAME=none \
QUARKUS_DATASOURCE_PASSWORD=none KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1 \
java -XX:AOTCacheOutput="$app/sealpost.aot" -XX:+UseSerialGC -jar "$app/quarkus-run.jar" serve >"$work/log" 2>&1 &
server=$!
tries=0
until grep -q '^Sealpost ready' "$work/log"; do
  tries=$((tries + 1))
  if [ $tries -gt 600 ] || ! kill -0 $server 2>/dev/null; then
    cat "$work/log" >&2
    exit 1
  fi
  sleep 0.2
done
kill -TERM $server
wait $server || true
# The cache is written by a second process, which the first one waits for.
if [ ! -s "$app/sealpost.aot" ]; then
  cat "$work/log" >&2
  exit 1
fi
chmod 0644 "$app/sealpost.aot"
touch -d '2026-11-01 00:00:00 UTC' "$app" "$app/sealpost.aot"
