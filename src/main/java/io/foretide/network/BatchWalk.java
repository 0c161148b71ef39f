package io.foretide.network;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Advances walks of one predictor that are kept as bytes: some are loaded into the rows of a batch, observe, are stepped
 * together, and are stored again. Each goes through the states that it would go through alone, to the bit. Allocates nothing a
 * step, but the forecasts and scores that are asked for, unless the network reads the calendar. Belongs to one thread.
 *
 * <pre>
 *   walk.load(row, packed);                       // of each row
 *   Score score = walk.score(row, observation);   // where it is asked for
 *   walk.observe(row, observation, surroundings);
 *   walk.step(rows);
 *   Forecast forecast = walk.forecast(row, horizon, levels, surroundings);
 *   packed = walk.store(row, packed);
 * </pre>
 */
public final class BatchWalk {
    /** How many walks are advanced at a time. */
    public static final int MOST_ROWS = Lockstep.MOST;

    private static final int MOST_READERS = 16;

    /** What a kept reader may have room for, in numbers: larger ones cost more to keep than to make. */
    private static final int MOST_ROOM = 1 << 14;

    private final Predictor predictor;
    private final PackedStates packing;
    private final Lockstep lockstep;
    private final State[] states = new State[MOST_ROWS];
    private final @Nullable Surroundings[] observed = new Surroundings[MOST_ROWS];
    private final byte[] initial;

    /** The ones used last, the oldest first. */
    private final Map<Asked, ForecastReader> readers = new LinkedHashMap<>(MOST_READERS, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, ForecastReader> eldest) {
            return size() > MOST_READERS;
        }
    };

    private record Asked(int horizon, List<QuantileLevel> levels) {}

    /** The one used last, and what for: walks mostly ask for the same, by the same list. */
    private @Nullable ForecastReader last;

    private int lastHorizon;
    private @Nullable List<QuantileLevel> lastLevels;

    public BatchWalk(Predictor predictor) {
        this.predictor = predictor;
        this.packing = new PackedStates(predictor);
        this.lockstep = new Lockstep(predictor);
        Outputs next = Outputs.ofNext(predictor);
        for (int row = 0; row < states.length; row++) {
            states[row] = State.initial(predictor, next);
        }
        this.initial = packing.pack(states[0]);
    }

    /** Starts a walk that has seen nothing yet. */
    public void begin(int row) {
        packing.restore(initial, states[row]);
        observed[row] = null;
    }

    /**
     * Goes on with a walk that was stored.
     *
     * @throws UnreadableStateException as {@link PackedStates#unpack}; the row is as it was
     */
    public void load(int row, byte[] packed) throws UnreadableStateException {
        packing.unpack(packed, states[row]);
        observed[row] = null;
    }

    /**
     * The walk as bytes.
     *
     * @param room is written to and given back where it has the right length, as it nearly always has if the walk was loaded
     *     from it
     */
    public byte[] store(int row, byte[] room) {
        return packing.pack(states[row], room);
    }

    /** The number of steps walked, missing ones included. */
    public long steps(int row) {
        return states[row].steps();
    }

    /** As {@link Predictor#score}. */
    public @Nullable Score score(int row, double observation) {
        return predictor.score(states[row], observation);
    }

    /**
     * Takes in an observation, which the walk makes its step by in {@link #step}. NaN is a missing one.
     *
     * @param surroundings as of {@link Predictor#observe(State, double, Surroundings)}
     */
    public void observe(int row, double observation, Surroundings surroundings) {
        if (observed[row] != null) {
            throw new IllegalStateException("row %d observes again before it has made its step".formatted(row));
        }
        predictor.see(states[row], observation, surroundings);
        observed[row] = surroundings;
    }

    /** As {@link #observe(int, double, Surroundings)}, where nothing is known but the target. */
    public void observe(int row, double observation) {
        observe(row, observation, predictor.unknown());
    }

    /** The first rows, each of which has observed, make a step. */
    public void step(int rows) {
        for (int row = 0; row < rows; row++) {
            if (observed[row] == null) {
                throw new IllegalStateException("row %d of %d has observed nothing".formatted(row, rows));
            }
        }
        lockstep.step(states, rows);
        for (int row = 0; row < rows; row++) {
            Surroundings surroundings = observed[row];
            if (surroundings != null) {
                predictor.expect(states[row], surroundings);
                observed[row] = null;
            }
        }
    }

    /** As {@link Predictor#forecast(State, int, List, Surroundings)}. */
    public Forecast forecast(int row, int horizon, List<QuantileLevel> levels, Surroundings surroundings) {
        return reader(horizon, levels).read(states[row], surroundings);
    }

    /** As {@link #forecast(int, int, List, Surroundings)}, where nothing is known but the target. */
    public Forecast forecast(int row, int horizon, List<QuantileLevel> levels) {
        return forecast(row, horizon, levels, predictor.unknown());
    }

    private ForecastReader reader(int horizon, List<QuantileLevel> levels) {
        List<QuantileLevel> own = List.copyOf(levels); // the same, where nobody can change it
        ForecastReader used = last;
        if (used == null || lastHorizon != horizon || lastLevels != own) {
            if ((long) horizon * (own.size() + 1) > MOST_ROOM) {
                return new ForecastReader(predictor, horizon, own);
            }
            used = find(horizon, own);
            last = used;
            lastHorizon = horizon;
            lastLevels = own;
        }
        return used;
    }

    private ForecastReader find(int horizon, List<QuantileLevel> levels) {
        return readers.computeIfAbsent(
                new Asked(horizon, levels), asked -> new ForecastReader(predictor, asked.horizon(), asked.levels()));
    }
}
