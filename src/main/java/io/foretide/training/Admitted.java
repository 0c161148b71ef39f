package io.foretide.training;

import io.foretide.audit.AuditSummary;
import io.foretide.series.TimeSeries;
import java.util.List;

/**
 * What a job may be accepted to do.
 *
 * @param audit what was odd with the series as they were sent, and what was repaired
 */
record Admitted(List<TimeSeries> series, AuditSummary audit, JobSettings settings) {}
