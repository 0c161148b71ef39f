package io.foretide.registry;

/** Length and fingerprint of a version's artifact. */
public record ArtifactInfo(long size, String sha256) {}
