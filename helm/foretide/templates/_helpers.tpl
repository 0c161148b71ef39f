{{/* What the chart calls itself in labels. */}}
{{- define "foretide.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/*
What everything of a release is named. A release that merely contains the chart's name keeps the suffix: else the
releases "a" and "a-foretide" would claim the same names.
*/}}
{{- define "foretide.fullname" -}}
{{- $name := include "foretide.name" . -}}
{{- $default := eq .Release.Name $name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- default $default .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{- define "foretide.selectorLabels" -}}
app.kubernetes.io/component: server
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/name: {{ include "foretide.name" . }}
{{- end }}

{{/* Labels of everything; what selectors need cannot be overridden. */}}
{{- define "foretide.labels" -}}
{{- $chart := dict
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/managed-by" .Release.Service
  "app.kubernetes.io/version" (.Chart.AppVersion | replace "+" "_" | trunc 63) -}}
{{- toYaml (merge (include "foretide.selectorLabels" . | fromYaml) $chart (deepCopy .Values.commonLabels)) -}}
{{- end }}

{{/* Without those that change with the chart alone, so that pods do not. */}}
{{- define "foretide.podLabels" -}}
{{- toYaml (merge (include "foretide.selectorLabels" . | fromYaml) (deepCopy .Values.podLabels) .Values.commonLabels) -}}
{{- end }}

{{- define "foretide.serviceAccountName" -}}
{{- $made := .Values.serviceAccount.create | ternary (include "foretide.fullname" .) "default" -}}
{{- default $made .Values.serviceAccount.name -}}
{{- end }}

{{- define "foretide.image" -}}
{{- with .Values.image.registry }}{{ . }}/{{ end -}}
{{- .Values.image.repository -}}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ default .Chart.AppVersion .Values.image.tag }}{{ end -}}
{{- end }}

{{/* Not empty where the database is embedded: where no URL is given, in values or by a secret. */}}
{{- define "foretide.embedded" -}}
{{- $url := dig "storage" "url" "" .Values.foretide -}}
{{- if not (or $url (hasKey .Values.secretProperties "foretide.storage.url")) }}true{{ end -}}
{{- end }}

{{/* MiB of the container: heap, native arrays, and the rest. */}}
{{- define "foretide.memory" -}}
{{- add (int .Values.memory.heap) (int .Values.memory.native) (int .Values.memory.rest) -}}
{{- end }}

{{/* The ports of PostgreSQL, as a JSON list: jdbc:postgresql://one:5433,two/foretide has 5433 and 5432. */}}
{{- define "foretide.databasePorts" -}}
{{- $ports := list -}}
{{- range .Values.networkPolicy.database.ports }}{{ $ports = append $ports (int .) }}{{ end -}}
{{- if not $ports -}}
{{- $hosts := regexReplaceAll "^jdbc:postgresql://([^/?]*).*$" (dig "storage" "url" "" .Values.foretide) "${1}" -}}
{{- range splitList "," $hosts -}}
{{- $port := regexFind ":[0-9]+$" . | trimPrefix ":" | default "5432" -}}
{{- $ports = append $ports (int $port) -}}
{{- end -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end }}

{{/* Everything of a release's own configuration: what the chart needs, Spring Boot's, and Foretide's. */}}
{{- define "foretide.application" -}}
{{- $server := dict "address" "0.0.0.0" "port" 8080 -}}
{{- if .Values.ingress.enabled }}{{ $_ := set $server "forward-headers-strategy" "native" }}{{ end -}}
{{- $management := dict "server" (dict "address" "0.0.0.0" "port" 8081) -}}
{{- $own := dict "server" $server "management" $management -}}
{{- toYaml (mergeOverwrite $own (deepCopy .Values.application) (dict "foretide" .Values.foretide)) -}}
{{- end }}

{{/* The release's name with a suffix, cut to what a name may have. */}}
{{- define "foretide.suffixed" -}}
{{- $suffix := last . -}}
{{- include "foretide.fullname" (first .) | trunc (sub 62 (len $suffix) | int) | trimSuffix "-" }}-{{ $suffix -}}
{{- end }}

{{/* Its name is the label `job` of every metric, by which the alerts know the release. */}}
{{- define "foretide.metricsService" -}}
{{- include "foretide.suffixed" (list . "metrics") -}}
{{- end }}
