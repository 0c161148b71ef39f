package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import io.foretide.streaming.ByteSource.UnreadableException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Settings of a session as JSON. */
final class SettingsFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SettingsFormat() {}

    /** What is written: times as text with their zone, which JSON binding would lose. */
    private record Written(
            int horizon,
            List<QuantileLevel> quantiles,
            Emit emit,
            VersionPolicy onVersion,
            @Nullable Long seed,
            String ttl,
            @Nullable String frequency,
            @Nullable String start,
            @Nullable TimeStyle style,
            Map<String, String> fixed) {}

    static String write(SessionSettings settings) {
        Frequency frequency = settings.frequency();
        Timeline timeline = settings.timeline();
        return JSON.writeValueAsString(new Written(
                settings.horizon(),
                settings.quantiles(),
                settings.emit(),
                settings.onVersion(),
                settings.seed(),
                settings.ttl().toString(),
                frequency == null ? null : frequency.spelling(),
                timeline == null ? null : timeline.start().toString(),
                timeline == null ? null : timeline.style(),
                settings.fixed()));
    }

    /** @throws UnreadableException where this release cannot have written it */
    static SessionSettings read(String json) {
        try {
            Written written = JSON.readValue(json, Written.class);
            Frequency frequency = written.frequency() == null ? null : Frequency.parse(written.frequency());
            return new SessionSettings(
                    written.horizon(),
                    written.quantiles(),
                    written.emit(),
                    written.onVersion(),
                    written.seed(),
                    Duration.parse(written.ttl()),
                    frequency,
                    timeline(written, frequency),
                    written.fixed());
        } catch (JacksonException
                | DateTimeException
                | ProblemException
                | IllegalArgumentException
                | NullPointerException e) {
            throw new UnreadableException("the settings cannot be read", e);
        }
    }

    private static @Nullable Timeline timeline(Written written, @Nullable Frequency frequency) {
        if (written.start() == null || written.style() == null || frequency == null) {
            return null;
        }
        return new Timeline(ZonedDateTime.parse(written.start()), frequency, written.style());
    }
}
