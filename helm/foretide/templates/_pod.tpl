{{/* Where pods run. */}}
{{- define "foretide.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $selector := dict "labelSelector" (dict "matchLabels" (include "foretide.selectorLabels" . | fromYaml)) }}
{{- $constraints := list }}
{{- range .Values.topologySpreadConstraints }}
{{- $constraints = append $constraints (merge (deepCopy .) $selector) }}
{{- end }}
{{- with $constraints }}
topologySpreadConstraints:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "foretide.container" -}}
- name: foretide
  image: {{ include "foretide.image" . | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  env:
    - name: SPRING_CONFIG_ADDITIONAL_LOCATION
      value: file:/etc/foretide/config/{{ if .Values.secretProperties }},configtree:/etc/foretide/secrets/{{ end }}
    - name: HEAP_LIMIT
      value: {{ int .Values.memory.heap }}m
    # Below the limit of the container: a training that wants too much fails by itself, and not the whole process.
    - name: MEMORY_LIMIT
      value: {{ div (mul (include "foretide.memory" .) 9) 10 }}m
    {{- if include "foretide.embedded" . }}
    - name: FORETIDE_STORAGE_PATH
      value: /data
    {{- end }}
    {{- with .Values.extraEnv }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.extraEnvFrom }}
  envFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  ports:
    - name: http
      containerPort: 8080
    # Apart from requests, which may keep every thread of theirs busy: a service that is only busy is not restarted.
    - name: management
      containerPort: 8081
  startupProbe:
    httpGet: {path: /actuator/health/liveness, port: management}
    {{- toYaml .Values.probes.startup | nindent 4 }}
  readinessProbe:
    httpGet: {path: /actuator/health/readiness, port: management}
    {{- toYaml .Values.probes.readiness | nindent 4 }}
  livenessProbe:
    httpGet: {path: /actuator/health/liveness, port: management}
    {{- toYaml .Values.probes.liveness | nindent 4 }}
  {{- if .Values.drainSeconds }}
  lifecycle:
    preStop:
      sleep:
        seconds: {{ .Values.drainSeconds }}
  {{- end }}
  resources:
    requests:
      cpu: {{ .Values.cpu.request | quote }}
      memory: {{ include "foretide.memory" . }}Mi
    limits:
      {{- with .Values.cpu.limit }}
      cpu: {{ . | quote }}
      {{- end }}
      memory: {{ include "foretide.memory" . }}Mi
  securityContext:
    {{- toYaml .Values.securityContext | nindent 4 }}
  volumeMounts:
    - name: config
      mountPath: /etc/foretide/config
      readOnly: true
    {{- if .Values.secretProperties }}
    - name: secrets
      mountPath: /etc/foretide/secrets
      readOnly: true
    {{- end }}
    {{- if include "foretide.embedded" . }}
    - name: data
      mountPath: /data
    {{- end }}
    - name: tmp
      mountPath: /tmp
    {{- with .Values.extraVolumeMounts }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end }}

{{- define "foretide.volumes" -}}
- name: config
  configMap:
    name: {{ include "foretide.fullname" . }}
{{- if .Values.secretProperties }}
- name: secrets
  projected:
    sources:
      {{- range $property, $secret := .Values.secretProperties }}
      - secret:
          name: {{ $secret.name }}
          items:
            - key: {{ $secret.key }}
              path: {{ $property }}
      {{- end }}
{{- end }}
{{- if include "foretide.embedded" . }}
- name: data
  persistentVolumeClaim:
    claimName: {{ default (include "foretide.fullname" .) .Values.persistence.existingClaim }}
{{- end }}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.temporary.sizeLimit }}
{{- with .Values.extraVolumes }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}
