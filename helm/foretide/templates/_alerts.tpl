{{/*
The alerts; each has a row in docs/kubernetes.md, and a case in which it fires and one in which it does not.
Counters that are born with an error have no increase at first: what must not be missed is told by gauges.
*/}}
{{- define "foretide.alerts" -}}
{{- $rule := .Values.prometheusRule -}}
{{- $name := include "foretide.fullname" . -}}
{{- $of := printf "namespace=%q,job=%q" .Release.Namespace (include "foretide.metricsService" .) -}}
{{- $requests := printf "%s,uri!~\"/actuator.*\"" $of -}}
{{- $native := mul (int .Values.memory.native) 1048576 -}}
{{- $capacity := dig "training" "queue-capacity" 16 .Values.foretide | int -}}
- alert: ForetideDown
  expr: absent(up{ {{- $of -}} } == 1)
  for: 2m
  labels: {{ include "foretide.alertLabels" (list . "critical") }}
  annotations:
    summary: No replica of {{ $name }} answers.
- alert: ForetideNotReady
  expr: kube_deployment_status_replicas_ready{namespace={{ .Release.Namespace | quote }},deployment={{ $name | quote }}} == 0
  for: 5m
  labels: {{ include "foretide.alertLabels" (list . "critical") }}
  annotations:
    summary: No replica of {{ $name }} is ready to serve.
- alert: ForetideErrors
  expr: |-
    sum(rate(http_server_requests_seconds_count{ {{- $requests -}},status=~"5.."}[5m]))
      / sum(rate(http_server_requests_seconds_count{ {{- $requests -}} }[5m])) > {{ $rule.errorRatio }}
  for: 10m
  labels: {{ include "foretide.alertLabels" (list . "warning") }}
  annotations:
    summary: {{ printf "{{ $value | humanizePercentage }} of the requests to %s fail." $name | quote }}
- alert: ForetideSlow
  expr: |-
    histogram_quantile(0.99, sum by (le) (rate(foretide_inference_duration_seconds_bucket{ {{- $of -}},operation="predict"}[5m])))
      > {{ $rule.predictionSeconds }}
  for: 10m
  labels: {{ include "foretide.alertLabels" (list . "warning") }}
  annotations:
    summary: {{ printf "One prediction in a hundred of %s takes {{ $value | humanizeDuration }} or more." $name | quote }}
- alert: ForetideJobsFailing
  expr: |-
    max(foretide_training_jobs{ {{- $of -}},state="failed"})
      - min(min_over_time(foretide_training_jobs{ {{- $of -}},state="failed"}[1h])) >= {{ $rule.failedJobs }}
  labels: {{ include "foretide.alertLabels" (list . "warning") }}
  annotations:
    summary: {{ printf "{{ $value }} training jobs of %s failed within an hour." $name | quote }}
- alert: ForetideQueueGrowing
  expr: |-
    max(predict_linear(foretide_training_jobs{ {{- $of -}},state="queued"}[30m], 3600)) >= {{ $capacity }}
      and max(foretide_training_jobs{ {{- $of -}},state="queued"}) > 0
  for: 10m
  labels: {{ include "foretide.alertLabels" (list . "warning") }}
  annotations:
    summary: {{ printf "The training queue of %s, which holds %d jobs, is full or will be within an hour." $name $capacity | quote }}
- alert: ForetideNativeMemory
  expr: max by (pod) (foretide_native_memory_bytes{ {{- $of -}} }) / {{ $native }} > {{ $rule.nativeMemoryRatio }}
  for: 5m
  labels: {{ include "foretide.alertLabels" (list . "warning") }}
  annotations:
    summary: {{ printf "Networks that are initialised in {{ $labels.pod }} take {{ $value | humanizePercentage }} of memory.native." | quote }}
{{- end }}

{{- define "foretide.alertLabels" -}}
{{- merge (dict "severity" (last .) "namespace" (first .).Release.Namespace) (first .).Values.prometheusRule.alertLabels | toJson -}}
{{- end }}
