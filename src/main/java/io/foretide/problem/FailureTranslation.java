package io.foretide.problem;

import java.util.Optional;

/** Tells what a failure of a library means to the client. The package that uses the library has one. */
@FunctionalInterface
public interface FailureTranslation {
    /** The problem that the failure is; empty where it is none that this package knows. */
    Optional<ProblemException> translate(Throwable failure);
}
