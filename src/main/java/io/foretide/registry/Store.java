package io.foretide.registry;

import org.springframework.stereotype.Component;

/** All that the registry keeps. */
@Component
record Store(ModelTable models, VersionTable versions, AliasTable aliases, Artifacts artifacts) {}
