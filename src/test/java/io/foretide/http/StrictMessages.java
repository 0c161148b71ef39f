package io.foretide.http;

import io.foretide.series.SeriesLimits;
import jakarta.validation.Validation;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** A reader of messages as the service has it, without the service. */
public final class StrictMessages {
    private StrictMessages() {}

    public static JsonMessages within(SeriesLimits limits) {
        var properties =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("foretide.http", HttpProperties.class);
        try (var validation = Validation.buildDefaultValidatorFactory()) {
            return new JsonMessages(limits, properties, JsonMapper.builder().build(), validation.getValidator());
        }
    }
}
