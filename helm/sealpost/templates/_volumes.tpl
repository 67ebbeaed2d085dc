{{/* Volumes of a workload. Called with {root, component, workload}. */}}
{{- define "sealpost.volumes" -}}
{{- $values := .root.Values -}}
- name: tmp
  emptyDir: {sizeLimit: {{ .workload.scratchSize }}}
{{- if not .workload.persistence }}
- name: data
  emptyDir: {sizeLimit: {{ .workload.scratchSize }}}
{{- end }}
{{- range $name, $secret := (include "sealpost.secrets" . | fromJson) }}
- name: {{ $name }}
  secret: {secretName: {{ $secret | quote }}, defaultMode: 0440}
{{- end }}
{{- if and $values.mailboxes (has .component (list "standalone" "mailbox")) }}
- name: mailboxes
  projected:
    defaultMode: 0440
    sources:
    {{- range $mailbox, $settings := $values.mailboxes }}
    {{- range $name, $setting := (include "sealpost.mailboxSecrets" $ | fromJson) }}
    {{- with index $settings $name }}
    - secret:
        name: {{ .name | quote }}
        items:
        - {key: {{ .key | quote }}, path: {{ printf "%s/%s" $mailbox $setting | quote }}}
    {{- end }}
    {{- end }}
    {{- end }}
{{- end }}
{{- with .workload.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "sealpost.mounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: data, mountPath: /data}
{{- range $name, $secret := (include "sealpost.secrets" . | fromJson) }}
- {name: {{ $name }}, mountPath: /etc/sealpost/{{ $name }}, readOnly: true}
{{- end }}
{{- if and .root.Values.mailboxes (has .component (list "standalone" "mailbox")) }}
- {name: mailboxes, mountPath: /etc/sealpost/mailboxes, readOnly: true}
{{- end }}
{{- with .workload.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Secrets that are mounted as files below /etc/sealpost, by directory. */}}
{{- define "sealpost.secrets" -}}
{{- $values := .root.Values -}}
{{- $secrets := dict -}}
{{- with $values.auth.existingSecret -}}{{- $_ := set $secrets "auth" . -}}{{- end -}}
{{- if $values.database.host -}}
{{- $_ := set $secrets "database" $values.database.existingSecret -}}
{{- with $values.database.tls.caSecret -}}{{- $_ := set $secrets "database-ca" . -}}{{- end -}}
{{- with $values.database.query.existingSecret -}}{{- $_ := set $secrets "database-query" . -}}{{- end -}}
{{- end -}}
{{- if $values.kafka.bootstrapServers -}}
{{- with $values.kafka.tls.caSecret -}}{{- $_ := set $secrets "kafka-ca" . -}}{{- end -}}
{{- end -}}
{{- if has .component (list "standalone" "intake" "api") -}}
{{- with $values.tls.existingSecret -}}{{- $_ := set $secrets "tls" . -}}{{- end -}}
{{- end -}}
{{- $secrets | toJson -}}
{{- end -}}
