package io.foretide.registry;

import io.foretide.network.Predictor;
import tools.jackson.databind.node.ObjectNode;

/** What the records inside artifacts say. Only whoever trains knows their form, and implements this. */
public interface ArtifactRecords {
    /** Reads the record in an artifact, beside the network that was read from it; a problem where it is none. */
    Described describe(Predictor predictor, byte[] artifact);

    /** The task of a network, and how it came about as its version's provenance. */
    record Described(String task, ObjectNode provenance) {}
}
