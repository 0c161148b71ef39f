package io.foretide.training;

/**
 * What a job works on, as the database keeps it until the job ends.
 *
 * @param settings the job's settings as JSON
 * @param blob the id of the bytes of the data
 * @param dataSha256 the fingerprint of the data
 * @param fingerprint the fingerprint of settings and data together
 * @param audit what was odd with the data, and what is repaired, as JSON
 */
record JobInput(String settings, String blob, String dataSha256, String fingerprint, String audit) {}
