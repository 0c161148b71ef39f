{{/* What the schema cannot say: refuses values that contradict each other, all at once, and says what to do. */}}
{{- define "foretide.checks" -}}
{{- $wrong := list -}}
{{- $url := dig "storage" "url" "" .Values.foretide -}}
{{- $embedded := include "foretide.embedded" . -}}
{{- $secrets := .Values.secretProperties -}}

{{- $name := include "foretide.fullname" . -}}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) -}}
{{- $wrong = append $wrong (printf "The name %q is none that a Service may have: lower-case letters, digits and hyphens, a letter first. Choose another release name, or set fullnameOverride." $name) -}}
{{- end -}}

{{- if and (eq (dig "security" "mode" "none" .Values.foretide) "none") (not (dig "security" "allow-non-loopback" false .Values.foretide)) -}}
{{- $wrong = append $wrong "foretide.security.allow-non-loopback is false, but in a cluster every request comes from another machine, and with foretide.security.mode none nobody is asked who they are. Set it to true if you know who can reach the service (see networkPolicy)." -}}
{{- end -}}

{{- if $embedded -}}
{{- if and (not .Values.autoscaling.enabled) (gt (int .Values.replicaCount) 1) -}}
{{- $wrong = append $wrong (printf "replicaCount is %d, but one process at a time may have the embedded database open. Set it to 1, or foretide.storage.url to a PostgreSQL." (int .Values.replicaCount)) -}}
{{- end -}}
{{- if .Values.autoscaling.enabled -}}
{{- $wrong = append $wrong "autoscaling.enabled is true, but one process at a time may have the embedded database open. Set it to false, or foretide.storage.url to a PostgreSQL." -}}
{{- end -}}
{{- else -}}
{{- if and $url (not (hasPrefix "jdbc:postgresql:" $url)) -}}
{{- $wrong = append $wrong (printf "foretide.storage.url is %q, but the chart knows jdbc:postgresql://… alone. Leave it out for the embedded database." $url) -}}
{{- end -}}
{{- if regexMatch "(?i)[?&]password=" $url -}}
{{- $wrong = append $wrong "foretide.storage.url holds a password, and values are no secret. Name the secret that holds it in secretProperties, under foretide.storage.password." -}}
{{- else if and $url (not (hasKey $secrets "foretide.storage.password")) -}}
{{- $wrong = append $wrong "foretide.storage.url names a PostgreSQL, but no secret its password. Set secretProperties to {foretide.storage.password: {name: an existing secret, key: the key in it}}." -}}
{{- end -}}
{{- end -}}

{{- if hasKey (dig "storage" dict .Values.foretide) "password" -}}
{{- $wrong = append $wrong "foretide.storage.password stands in the values, and values are no secret. Name the secret that holds it in secretProperties, under the same name." -}}
{{- end -}}

{{- if hasKey (dig "storage" dict .Values.foretide) "path" -}}
{{- $wrong = append $wrong "foretide.storage.path is set, but the volume of the embedded database is always mounted at /data. Leave it out; see persistence." -}}
{{- end -}}

{{- if hasKey .Values.application "foretide" -}}
{{- $wrong = append $wrong "application.foretide is out of place. Move it to foretide, at the top of the values." -}}
{{- end -}}
{{- range $path := list "server" "management.server" -}}
{{- $section := eq $path "server" | ternary (dig "server" dict $.Values.application) (dig "management" "server" dict $.Values.application) -}}
{{- range $key := list "address" "port" -}}
{{- if hasKey $section $key -}}
{{- $wrong = append $wrong (printf "application.%s.%s is set, but probes and services need the chart's. Leave it out; the port that clients see is service.port." $path $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- range .Values.extraEnv -}}
{{- if hasPrefix "FORETIDE_" .name -}}
{{- $wrong = append $wrong (printf "extraEnv sets %s, past every check. Set the property in foretide, or in secretProperties where it is a secret." .name) -}}
{{- else if has .name (list "HEAP_LIMIT" "MEMORY_LIMIT" "SPRING_CONFIG_ADDITIONAL_LOCATION") -}}
{{- $wrong = append $wrong (printf "extraEnv sets %s, which the chart sets itself. Leave it out; see memory and application." .name) -}}
{{- end -}}
{{- end -}}

{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- $wrong = append $wrong "ingress.enabled is true, but ingress.hosts is empty. Name the hosts that lead to the API." -}}
{{- end -}}
{{- if and .Values.ingress.enabled .Values.networkPolicy.enabled (not (or .Values.networkPolicy.api.namespaces .Values.networkPolicy.api.from)) -}}
{{- $wrong = append $wrong "ingress.enabled is true, but the network policy keeps the ingress controller out. Add its namespace to networkPolicy.api.namespaces." -}}
{{- end -}}
{{- if and (ne .Values.service.type "ClusterIP") .Values.networkPolicy.enabled (not (or .Values.networkPolicy.api.namespaces .Values.networkPolicy.api.from)) -}}
{{- $wrong = append $wrong (printf "service.type is %s, but the network policy keeps everybody outside the cluster out. Name them in networkPolicy.api.from, for example by an ipBlock." .Values.service.type) -}}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled .Values.networkPolicy.enabled (not (or .Values.networkPolicy.metrics.namespaces .Values.networkPolicy.metrics.from)) -}}
{{- $wrong = append $wrong "serviceMonitor.enabled is true, but the network policy keeps Prometheus out. Add its namespace to networkPolicy.metrics.namespaces." -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- $wrong = append $wrong (printf "autoscaling.minReplicas %d is more than autoscaling.maxReplicas %d." (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- if and (has (toString .Values.rollingUpdate.maxSurge) (list "0" "0%")) (has (toString .Values.rollingUpdate.maxUnavailable) (list "0" "0%")) -}}
{{- $wrong = append $wrong "rollingUpdate.maxSurge and rollingUpdate.maxUnavailable are both 0, so no update could ever begin. Raise one of them." -}}
{{- end -}}
{{- if le (int .Values.terminationGracePeriodSeconds) (int .Values.drainSeconds) -}}
{{- $wrong = append $wrong (printf "terminationGracePeriodSeconds %d leaves no time after drainSeconds %d." (int .Values.terminationGracePeriodSeconds) (int .Values.drainSeconds)) -}}
{{- end -}}

{{- if $wrong }}{{ fail (printf "\n\n- %s\n" (join "\n- " $wrong)) }}{{ end -}}
{{- end }}
