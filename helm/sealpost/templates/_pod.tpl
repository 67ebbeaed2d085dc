{{/* What the restricted Pod Security Standard asks of a pod, and of each container. Called with the workload. */}}
{{- define "sealpost.podSecurity" -}}
runAsNonRoot: true
{{- with .userId }}
runAsUser: {{ int . }}
runAsGroup: {{ int . }}
fsGroup: {{ int . }}
{{- end }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}
{{- define "sealpost.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}

{{/* Pod of a workload. Called with {root, component, roles}. */}}
{{- define "sealpost.pod" -}}
{{- $workload := include "sealpost.workload" . | fromJson -}}
{{- $call := merge (dict "workload" $workload) . -}}
metadata:
  labels:
    {{- include "sealpost.labels" . | nindent 4 }}
    {{- with $workload.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $workload.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "sealpost.serviceAccount" .root }}
  automountServiceAccountToken: false
  # The variables that it would add look like settings.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ int $workload.terminationGracePeriodSeconds }}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $workload.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  securityContext:
    {{- include "sealpost.podSecurity" $workload | nindent 4 }}
  {{- with $workload.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $workload.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $workload.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if and $workload.topologySpread (ne .component "standalone") }}
  topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "sealpost.selector" $ | nindent 8 }}
  {{- end }}
  {{- end }}
  containers:
  - name: sealpost
    image: {{ include "sealpost.image" .root | quote }}
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    args: [serve]
    env:
    - name: JDK_JAVA_OPTIONS
      value: {{ printf "-XX:MaxRAMPercentage=%d %s" (int $workload.heapPercent) $workload.javaOptions | trim | quote }}
    {{- include "sealpost.env" . | nindent 4 }}
    {{- with $workload.extraEnv }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    ports:
    - {name: http, containerPort: 8080}
    {{- if and .root.Values.tls.existingSecret (has .component (list "standalone" "intake" "api")) }}
    - {name: https, containerPort: 8443}
    {{- end }}
    - {name: management, containerPort: 9000}
    startupProbe:
      httpGet: {path: /q/health/started, port: management}
      periodSeconds: 2
      timeoutSeconds: 5
      failureThreshold: {{ div (int $workload.startupSeconds) 2 }}
    livenessProbe:
      httpGet: {path: /q/health/live, port: management}
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 6
    # Of the door: a broker or the spool takes reports. Of the others: the database answers.
    readinessProbe:
      httpGet: {path: /q/health/ready, port: management}
      periodSeconds: 5
      timeoutSeconds: 5
      failureThreshold: 3
    lifecycle:
      preStop:
        sleep: {seconds: {{ int $workload.drainSeconds }}}
    resources:
      {{- toYaml $workload.resources | nindent 6 }}
    securityContext:
      {{- include "sealpost.containerSecurity" . | nindent 6 }}
    volumeMounts:
    {{- include "sealpost.mounts" $call | nindent 4 }}
  volumes:
  {{- include "sealpost.volumes" $call | nindent 2 }}
{{- end -}}

{{/* A volume that outlives everything. Called with {workload}. */}}
{{- define "sealpost.claim" -}}
metadata:
  name: data
spec:
  accessModes: [ReadWriteOnce]
  {{- with .workload.persistence.storageClass }}
  storageClassName: {{ . | quote }}
  {{- end }}
  resources:
    requests: {storage: {{ .workload.persistence.size }}}
{{- end -}}
