{{/* What every object is labeled with. */}}
{{- define "rewards.labels" -}}
app.kubernetes.io/name: rewards
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* What one part is found by: a list of the root and the part's name. */}}
{{- define "rewards.part" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: rewards
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "rewards.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* A pod that is nobody of importance. */}}
{{- define "rewards.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/* A container's image and what it may do. */}}
{{- define "rewards.container" -}}
image: {{ include "rewards.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{/* The settings: the secrets as files, and whatever the values say. */}}
{{- define "rewards.settings" -}}
{{- range $name := list "database_url" "database_direct_url" "redis_url" "field_keys" "index_key" "audit_key" }}
- name: {{ upper $name }}_FILE
  value: /run/secrets/rewards/{{ $name }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{- define "rewards.mounts" -}}
- name: secrets
  mountPath: /run/secrets/rewards
  readOnly: true
- name: scratch
  mountPath: /tmp
{{- end }}

{{- define "rewards.volumes" -}}
- name: secrets
  secret:
    secretName: {{ .Values.secret }}
    defaultMode: 0440
- name: scratch
  emptyDir:
    sizeLimit: 256Mi
{{- end }}

{{/* No two pods of a part on one machine while there is another. */}}
{{- define "rewards.spread" -}}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "rewards.part" . | nindent 6 }}
{{- end }}
