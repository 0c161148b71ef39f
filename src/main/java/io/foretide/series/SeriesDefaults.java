package io.foretide.series;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.reading.Quoted;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Frequency and zone of rows that do not say so themselves, as CSV's never do. */
public record SeriesDefaults(
        @Nullable Frequency frequency, @Nullable ZoneId zone) {
    /** No defaults: series say everything themselves. */
    public static final SeriesDefaults NONE = new SeriesDefaults(null, null);

    /** The names of the query parameters that say them. */
    public static final List<String> PARAMETERS = List.of("freq", "zone");

    private static final Set<String> REGIONS = Set.copyOf(ZoneId.getAvailableZoneIds());

    /**
     * Reads both as they are spelled in a request.
     *
     * @throws ProblemException {@code INVALID_REQUEST} if one of them is not known
     */
    public static SeriesDefaults parse(@Nullable String frequency, @Nullable String zone) {
        return new SeriesDefaults(
                frequency == null ? null : Frequency.parse(frequency), zone == null ? null : parseZone(zone));
    }

    /**
     * Reads both as they are sent in the query of a request.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} if one of them is not known
     */
    static SeriesDefaults ofParameters(Function<String, @Nullable String> parameters) {
        return new SeriesDefaults(
                parsed("freq", parameters, Frequency::parse), parsed("zone", parameters, SeriesDefaults::parseZone));
    }

    private static <T> @Nullable T parsed(
            String name, Function<String, @Nullable String> parameters, Function<String, T> parser) {
        String text = parameters.apply(name);
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text);
        } catch (ProblemException e) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, e.detail(), e).at(name);
        }
    }

    /** A zone of the IANA data base; one answer for all names of UTC. */
    static ZoneId parseZone(String name) {
        if (!name.equals("Z") && !REGIONS.contains(name)) {
            String detail = Quoted.of(name) + " is not a time zone. Send an IANA name such as Europe/Berlin, or UTC.";
            throw new ProblemException(ProblemType.INVALID_REQUEST, detail);
        }
        ZoneId zone = ZoneId.of(name);
        return zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
    }
}
