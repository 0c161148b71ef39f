package io.foretide.classification;

/** How sequences become steps. */
sealed interface Reader permits ValueScale, WordReader {}
