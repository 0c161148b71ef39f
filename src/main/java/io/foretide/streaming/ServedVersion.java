package io.foretide.streaming;

import io.foretide.network.UnreadableStateException;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;

/** A version that sessions walk, and what they need to know of it: one kind for each task. Immutable. */
sealed interface ServedVersion permits ServedForecaster, ServedClassifier, ServedWriter {
    ModelName model();

    int number();

    io.foretide.registry.Task task();

    default ModelReference reference() {
        return ModelReference.version(model(), number());
    }

    /** A walk that has seen nothing yet. */
    Walk begin(SessionSettings settings);

    /**
     * A walk that goes on from where another one stood.
     *
     * @throws UnreadableStateException where no walk of this version stood there
     */
    Walk from(SessionSettings settings, Base base) throws UnreadableStateException;

    /** How many steps a packed state has walked, of a version that counts times by them; 0 of others. */
    long steps(byte[] state);

    /** A step that this version walked, as another one of the same model is to walk it. */
    Step carried(Step step, ServedVersion to);

    /** How many numbers the answer to one observation of a session holds. */
    long numbers(SessionSettings settings);

    /** As a client is told. */
    default String title() {
        return model() + " version " + number();
    }
}
