package io.foretide.streaming;

import io.foretide.http.StrictMessages;
import io.foretide.series.SeriesLimits;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The parts that read and write messages, with the limits that a test chose. */
final class Codec {
    static final SeriesLimits SERIES = new SeriesLimits(10, 10_000, 4, 100);

    private Codec() {}

    /** Properties with their defaults, but for those given as {@code name=value}. */
    static SessionProperties properties(String... values) {
        var source = new MapConfigurationPropertySource();
        for (String value : values) {
            String[] parts = value.split("=", 2);
            source.put("foretide.sessions." + parts[0], parts[1]);
        }
        return new Binder(source).bindOrCreate("foretide.sessions", SessionProperties.class);
    }

    static MessageDecoder decoder(String... values) {
        return new MessageDecoder(StrictMessages.within(SERIES), SERIES, properties(values));
    }

    static MessageEncoder encoder() {
        var journal = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("foretide.sessions.journal", JournalProperties.class);
        return new MessageEncoder(JsonMapper.builder().build(), properties(), journal);
    }
}
