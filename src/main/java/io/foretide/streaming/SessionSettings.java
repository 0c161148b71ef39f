package io.foretide.streaming;

import com.github.benmanes.caffeine.cache.Interner;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session was opened with.
 *
 * @param horizon of its forecasts; 0 of a session that makes none
 * @param quantiles the levels of its forecasts, ascending
 * @param seed of sampling, for models that sample
 * @param ttl how long it is kept after its last use
 * @param frequency of its steps, that of the timeline where there is one
 * @param timeline when its steps are, the first one of the opening series being step 0; absent where the client sent no times
 * @param fixed its static covariates, by name
 */
record SessionSettings(
        int horizon,
        List<QuantileLevel> quantiles,
        Emit emit,
        VersionPolicy onVersion,
        @Nullable Long seed,
        Duration ttl,
        @Nullable Frequency frequency,
        @Nullable Timeline timeline,
        Map<String, String> fixed) {
    private static final Interner<SessionSettings> KNOWN = Interner.newWeakInterner();

    SessionSettings {
        if (horizon < 0 || !ttl.isPositive()) {
            throw new IllegalArgumentException(
                    "a horizon counts from 0, and ttl must be positive: " + horizon + " and " + ttl);
        }
        quantiles = List.copyOf(quantiles);
        fixed = Map.copyOf(fixed);
    }

    /** The same ones for all sessions that were opened alike, as most are. */
    SessionSettings shared() {
        return KNOWN.intern(this);
    }

    /** What the client asked for, of a walk with the times and static covariates of another. */
    SessionSettings walking(SessionSettings other) {
        return new SessionSettings(
                horizon, quantiles, emit, onVersion, seed, ttl, other.frequency, other.timeline, other.fixed);
    }

    /** Of a walk whose first step is so many steps later. */
    SessionSettings startingAt(long steps) {
        return timeline == null || steps == 0
                ? this
                : new SessionSettings(
                        horizon, quantiles, emit, onVersion, seed, ttl, frequency, timeline.from(steps), fixed);
    }
}
