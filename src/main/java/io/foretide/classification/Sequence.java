package io.foretide.classification;

/** What is classified: numbers step after step, or a text. */
public sealed interface Sequence permits Values, Text {}
