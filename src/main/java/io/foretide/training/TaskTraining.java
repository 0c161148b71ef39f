package io.foretide.training;

import io.foretide.http.DataField;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * How models of one task come about: from which data, how these are kept for a job, and what is made of them.
 *
 * @param <D> the data, as they are trained on
 */
sealed interface TaskTraining<D> permits ForecastTraining, ClassifyTraining, GenerateTraining {
    /** Where the data stand in a request. */
    DataField<Sent> field();

    /** Writes data without loss: {@link #read} gives the same again. The stream stays open. */
    void write(D data, OutputStream out) throws IOException;

    /** Reads data that were accepted once, whatever the limits are by then. */
    D read(InputStream in) throws IOException;

    /** Trains and measures; the monitor hears how far it is, and may end it. */
    Candidate train(Work<D> work, RunMonitor monitor);
}
