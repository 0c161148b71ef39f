package io.foretide.http;

/**
 * A request about data: these, and everything else bound to a record.
 *
 * @param <D> what the data are read as
 */
public record DataRequest<D, S>(D data, S settings) {}
