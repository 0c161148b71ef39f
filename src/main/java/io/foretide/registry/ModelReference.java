package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;

/** A version as clients name it: {@code air} (its champion), {@code air@champion}, {@code air@latest}, {@code air:3}. */
public record ModelReference(ModelName model, Selector selector) {

    /** Reads a reference from a path or a query string. */
    public static ModelReference parse(String text) {
        int colon = text.indexOf(':');
        int at = text.indexOf('@');
        if (colon >= 0 && at < 0) {
            return new ModelReference(
                    ModelName.parse(text.substring(0, colon)), Selector.Version.parse(text.substring(colon + 1)));
        }
        if (at >= 0 && colon < 0) {
            return new ModelReference(
                    ModelName.parse(text.substring(0, at)), Selector.Alias.parse(text.substring(at + 1)));
        }
        if (at >= 0) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    Quoted.quote(text) + " names a version and an alias. Name one of them: name:3 or name@alias.");
        }
        return champion(ModelName.parse(text));
    }

    /** Reads a reference that stands in a JSON body, at the pointer. */
    public static ModelReference parse(String text, String pointer) {
        try {
            return parse(text);
        } catch (ProblemException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, e.detail(), e).at(pointer);
        }
    }

    /** What a bare model name means. */
    public static ModelReference champion(ModelName model) {
        return new ModelReference(model, Selector.Alias.CHAMPION);
    }

    /** The version with the highest number. */
    public static ModelReference latest(ModelName model) {
        return new ModelReference(model, Selector.Alias.LATEST);
    }

    /** A fixed version. */
    public static ModelReference version(ModelName model, int number) {
        return new ModelReference(model, new Selector.Version(number));
    }

    /** In the form that {@link #parse(String)} reads. */
    @Override
    public String toString() {
        return switch (selector) {
            case Selector.Version(int number) -> model + ":" + number;
            case Selector.Alias(String name) -> model + "@" + name;
        };
    }
}
