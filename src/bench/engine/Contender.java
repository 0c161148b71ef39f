package engine;

import java.util.Optional;

/** A library that can do what a row asks for. Lives in a process of its own, and prepares one row after the other. */
public interface Contender {
    /** Nothing where the library has no such layer. */
    Optional<Work> prepare(Row row) throws Exception;

    /** What is timed. */
    interface Work extends AutoCloseable {
        void once() throws Exception;

        @Override
        default void close() throws Exception {}
    }
}
