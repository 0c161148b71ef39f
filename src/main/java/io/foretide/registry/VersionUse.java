package io.foretide.registry;

import java.util.Optional;

/** Something that may be using models, and then keeps them from being deleted. Each bean of this type is asked. */
public interface VersionUse {
    /** What uses the model or any of its versions, such as {@code training job 17}; empty where nothing does. */
    Optional<String> useOf(ModelName model);

    /** What uses this version; empty where nothing does. */
    Optional<String> useOf(ModelName model, int version);
}
