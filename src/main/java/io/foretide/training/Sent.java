package io.foretide.training;

/** Data that a client sent to be trained on, with the task that they are for. */
@FunctionalInterface
interface Sent {
    /** The work that a job may be accepted to do; a problem where it could only fail. */
    Admitted<?> admit(JobSettings settings);
}
