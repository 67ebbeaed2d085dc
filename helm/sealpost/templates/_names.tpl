{{/* Beginning of the names of things; at most 40 characters, so that what is appended fits. */}}
{{- define "sealpost.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Labels that never change in the life of a workload. Called with {root, component}. */}}
{{- define "sealpost.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- if .component }}
app.kubernetes.io/component: {{ .component }}
{{- end }}
{{- end -}}

{{- define "sealpost.labels" -}}
{{ include "sealpost.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "sealpost.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else if $image.tag -}}
{{- printf "%s:%s" $image.repository $image.tag -}}
{{- else -}}
{{- printf "%s:%s%s" $image.repository .Chart.AppVersion (eq .Values.mode "standalone" | ternary "-standalone" "") -}}
{{- end -}}
{{- end -}}

{{- define "sealpost.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "sealpost.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* Settings of a workload: its own, else those of pod. Called with {root, component}; gives JSON. */}}
{{- define "sealpost.workload" -}}
{{- $workload := deepCopy .root.Values.pod -}}
{{- range $key, $value := index .root.Values .component -}}
{{- $_ := set $workload $key $value -}}
{{- end -}}
{{- $workload | toJson -}}
{{- end -}}

{{/* The component that takes reports, and the one that answers questions. */}}
{{- define "sealpost.door" -}}{{ eq .Values.mode "standalone" | ternary "standalone" "intake" }}{{- end -}}
{{- define "sealpost.answers" -}}{{ eq .Values.mode "standalone" | ternary "standalone" "api" }}{{- end -}}

{{/* Components that run, as a JSON list. */}}
{{- define "sealpost.components" -}}
{{- if eq .Values.mode "standalone" -}}
{{- list "standalone" | toJson -}}
{{- else -}}
{{- $components := list "intake" "aggregator" "api" -}}
{{- if and .Values.mailbox.enabled .Values.mailboxes -}}{{- $components = append $components "mailbox" -}}{{- end -}}
{{- if .Values.alerts.enabled -}}{{- $components = append $components "alerts" -}}{{- end -}}
{{- $components | toJson -}}
{{- end -}}
{{- end -}}

{{/* The port by which an ingress reaches a service. */}}
{{- define "sealpost.portName" -}}{{ empty .Values.tls.existingSecret | ternary "http" "https" }}{{- end -}}
