package io.foretide.training;

import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageSettings;

/** How a version writes. */
record LanguageWorkings(LanguageSettings settings) implements Workings {
    static LanguageWorkings of(LanguageModel model) {
        return new LanguageWorkings(model.settings());
    }

    @Override
    public long drawnFrom() {
        return settings.training().seed();
    }
}
