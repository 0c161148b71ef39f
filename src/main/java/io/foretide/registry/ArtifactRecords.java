package io.foretide.registry;

import tools.jackson.databind.node.ObjectNode;

/** What the records inside artifacts say. Only whoever trains knows their form, and implements this. */
public interface ArtifactRecords {
    /**
     * How a model came about, as its version's provenance: by the record in the artifact, beside the model that was read from
     * it; a problem where it is none.
     */
    ObjectNode describe(Model model, byte[] artifact);
}
