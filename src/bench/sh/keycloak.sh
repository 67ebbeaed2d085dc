#!/usr/bin/env bash
# The recipe for Keycloak of docs/access.md, tried with a real one: who may do what with its tokens. Needs a packaged jar and a
# JDK 25 as JAVA_HOME; downloads Keycloak (160 MB). Argument: its version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

version=${1:-26.4.0}
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$tmp"' EXIT
./mvnw -q dependency:copy -Dartifact="org.keycloak:keycloak-quarkus-dist:$version:tar.gz" -DoutputDirectory="$tmp"
tar xzf "$tmp"/*.tar.gz -C "$tmp"
keycloak=$tmp/keycloak-$version
mkdir -p "$keycloak/data/import"
cp src/bench/sh/keycloak-realm.json "$keycloak/data/import/mail-realm.json"
"$keycloak/bin/kc.sh" start-dev --import-realm --http-host 127.0.0.1 --http-port 18080 >"$tmp/keycloak.log" 2>&1 &
realm=http://127.0.0.1:18080/realms/mail
SEALPOST_DATA_DIR=$tmp/data QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=18090 QUARKUS_MANAGEMENT_PORT=18091 \
  SEALPOST_OIDC_ISSUER=$realm SEALPOST_OIDC_AUDIENCE=sealpost SEALPOST_OIDC_ROLE_CLAIM=resource_access.sealpost.roles \
  SEALPOST_OIDC_TENANT_CLAIM=tenant "${JAVA_HOME:?a JDK 25}/bin/java" -jar target/quarkus-app/quarkus-run.jar >"$tmp/sealpost.log" 2>&1 &
for _ in {1..300}; do
  curl -sf "$realm" >/dev/null && grep -q 'Sealpost ready' "$tmp/sealpost.log" && break
  sleep 1
done

failed=0
expect() { # expect USER PATH STATUS
  local token status
  token=$(curl -s -d "grant_type=password&client_id=sealpost&username=$1&password=$1" "$realm/protocol/openid-connect/token" |
    sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
  status=$(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "http://127.0.0.1:18090/api/v1/$2")
  printf '%-15s %-10s %s\n' "$1" "$2" "$status"
  [[ -n $token && $status == "$3" ]] || { echo "should be $3" >&2; failed=1; }
}
expect viewer sessions 200
expect viewer keys 403
expect admin-of-all keys 200
expect admin-of-all mailboxes 200
expect without-role sessions 403
expect without-tenant sessions 403
master=$(curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer e30.e30.' http://127.0.0.1:18090/api/v1/sessions)
[[ $master == 401 ]] || { echo "what is no token was answered $master" >&2; failed=1; }
exit $failed
