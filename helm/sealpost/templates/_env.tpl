{{/* A setting's variable: watch.domains is SEALPOST_WATCH_DOMAINS. */}}
{{- define "sealpost.variable" -}}
{{- printf "SEALPOST_%s" (regexReplaceAll "[^A-Za-z0-9]" . "_" | upper) -}}
{{- end -}}

{{/* Text of a value: a list is joined by commas, and a large number stays a number. */}}
{{- define "sealpost.text" -}}
{{- if kindIs "slice" . -}}{{ join "," . }}
{{- else if kindIs "float64" . -}}{{ if eq (floor .) . }}{{ int64 . }}{{ else }}{{ . }}{{ end }}
{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{/* Environment of a workload. Called with {root, component, roles}. */}}
{{- define "sealpost.env" -}}
{{- $values := .root.Values -}}
- name: SEALPOST_DATA_DIR
  value: /data/sealpost
{{- if .roles }}
- name: SEALPOST_ROLES
  value: {{ .roles | quote }}
{{- end }}
- name: QUARKUS_HTTP_PORT
  value: "8080"
- name: QUARKUS_MANAGEMENT_HOST
  value: 0.0.0.0
- name: QUARKUS_MANAGEMENT_PORT
  value: "9000"
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: {{ $values.logs.json | quote }}
- name: QUARKUS_LOG_LEVEL
  value: {{ $values.logs.level }}
{{- with $values.auth }}
{{- if .existingSecret }}
{{- if or (not $.roles) (contains "api" $.roles) }}
- name: SEALPOST_ADMIN_KEY_FILE
  value: /etc/sealpost/auth/{{ .adminKeyKey }}
{{- end }}
- name: SEALPOST_ORIGIN_KEY_FILE
  value: /etc/sealpost/auth/{{ .originKeyKey }}
{{- if .previousOriginKeyKey }}
- name: SEALPOST_ORIGIN_PREVIOUS_KEY_FILE
  value: /etc/sealpost/auth/{{ .previousOriginKeyKey }}
{{- end }}
{{- end }}
{{- end }}
{{- include "sealpost.databaseEnv" .root }}
{{- include "sealpost.kafkaEnv" .root }}
{{- if and $values.tls.existingSecret (has .component (list "standalone" "intake" "api")) }}
- name: QUARKUS_HTTP_SSL_PORT
  value: "8443"
- name: SEALPOST_TLS_CERTIFICATE
  value: /etc/sealpost/tls/tls.crt
- name: SEALPOST_TLS_KEY
  value: /etc/sealpost/tls/tls.key
{{- end }}
{{- range $name, $value := $values.settings }}
- name: {{ include "sealpost.variable" $name }}
  value: {{ include "sealpost.text" $value | quote }}
{{- end }}
{{- if has .component (list "standalone" "mailbox") }}
{{- include "sealpost.mailboxEnv" .root }}
{{- end }}
{{- end -}}

{{- define "sealpost.databaseEnv" -}}
{{- with .Values.database }}
{{- if .host }}
{{- /* An address of IPv6 as people write it. */}}
{{- $host := regexMatch "^[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$" .host | ternary (printf "[%s]" .host) .host }}
{{- $parameters := .parameters | splitList "&" | compact }}
{{- if .tls.caSecret }}
{{- $parameters = concat (list "sslmode=verify-full" (printf "sslrootcert=/etc/sealpost/database-ca/%s" .tls.caKey)) $parameters }}
{{- end }}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: {{ printf "jdbc:postgresql://%s:%d/%s%s" $host (int .port) .name (empty $parameters | ternary "" (printf "?%s" (join "&" $parameters))) | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef: {name: {{ .existingSecret | quote }}, key: {{ .usernameKey | quote }}}
- name: QUARKUS_DATASOURCE_PASSWORD_FILE
  value: /etc/sealpost/database/{{ .passwordKey }}
{{- if .query.existingSecret }}
- name: QUARKUS_DATASOURCE_QUERY_USERNAME
  valueFrom:
    secretKeyRef: {name: {{ .query.existingSecret | quote }}, key: {{ .usernameKey | quote }}}
- name: QUARKUS_DATASOURCE_QUERY_PASSWORD_FILE
  value: /etc/sealpost/database-query/{{ .passwordKey }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "sealpost.kafkaEnv" -}}
{{- with .Values.kafka }}
{{- if .bootstrapServers }}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: {{ .bootstrapServers | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ .securityProtocol }}
{{- if hasPrefix "SASL" .securityProtocol }}
- name: KAFKA_SASL_MECHANISM
  value: {{ .sasl.mechanism }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef: {name: {{ .sasl.existingSecret | quote }}, key: {{ .sasl.jaasKey | quote }}}
{{- end }}
{{- if .tls.caSecret }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/sealpost/kafka-ca/{{ .tls.caKey }}
{{- end }}
{{- if .tls.clientSecret }}
- name: KAFKA_SSL_KEYSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN
  valueFrom:
    secretKeyRef: {name: {{ .tls.clientSecret | quote }}, key: {{ .tls.clientCertificateKey | quote }}}
- name: KAFKA_SSL_KEYSTORE_KEY
  valueFrom:
    secretKeyRef: {name: {{ .tls.clientSecret | quote }}, key: {{ .tls.clientKeyKey | quote }}}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "sealpost.mailboxEnv" -}}
{{- range $mailbox, $settings := .Values.mailboxes }}
{{- range $name, $value := omit $settings "passwordSecret" "clientSecretSecret" "refreshTokenSecret" }}
- name: {{ include "sealpost.variable" (printf "mailboxes.%s.%s" $mailbox $name) }}
  value: {{ include "sealpost.text" $value | quote }}
{{- end }}
{{- range $secret, $setting := (include "sealpost.mailboxSecrets" $ | fromJson) }}
{{- with index $settings $secret }}
- name: {{ include "sealpost.variable" (printf "mailboxes.%s.%s" $mailbox $setting) }}
  value: /etc/sealpost/mailboxes/{{ $mailbox }}/{{ $setting }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Where a secret of a mailbox goes, by the name of its value. */}}
{{- define "sealpost.mailboxSecrets" -}}
{"passwordSecret":"password-file","clientSecretSecret":"oauth2.client-secret-file","refreshTokenSecret":"oauth2.refresh-token-file"}
{{- end -}}
