package io.foretide.http;

import io.foretide.reading.DataReader;

/**
 * Where data stand in a JSON object, and what they are read as.
 *
 * @param pointer such as {@code /series} or {@code /data/series}
 */
public record DataField<D>(String pointer, DataReader<D> reader) {}
