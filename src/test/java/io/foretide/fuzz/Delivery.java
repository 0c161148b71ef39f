package io.foretide.fuzz;

import java.time.Duration;

/** How the bytes of a request reach the service. */
sealed interface Delivery {
    /** At once. */
    record Whole() implements Delivery {}

    /** In pieces, with a pause before each. */
    record Dripped(int pieces, Duration pause) implements Delivery {}

    /** A part of them, then the end of the stream; the other direction stays open. */
    record HalfClosed(double part) implements Delivery {}

    /** A part of them, then a reset of the connection. */
    record Aborted(double part) implements Delivery {}

    /** A part of them, then nothing more. */
    record Silent(double part) implements Delivery {}

    /** At once, but the answer is taken in small pieces. */
    record ReadSlowly() implements Delivery {}
}
