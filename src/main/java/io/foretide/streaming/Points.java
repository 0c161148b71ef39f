package io.foretide.streaming;

/**
 * Observations of many sessions, each of the next step and without covariates. Arrays, as there are thousands a frame.
 *
 * @param sessions the session of each; one may come several times, and is then stepped in this order
 * @param seqs the client's count of each, from 1
 * @param values the target of each; NaN where it is missing
 */
record Points(String[] sessions, long[] seqs, double[] values) {
    Points {
        if (sessions.length != seqs.length || sessions.length != values.length) {
            throw new IllegalArgumentException("a session, a count and a value a point");
        }
    }

    int count() {
        return sessions.length;
    }
}
