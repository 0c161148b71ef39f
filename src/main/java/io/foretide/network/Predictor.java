package io.foretide.network;

import io.foretide.kernel.Dense;
import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained network, or several members that speak as one, ready to walk. Immutable: any number of threads may use it at
 * once, each with its own {@link State}.
 *
 * <pre>
 *   State state = predictor.initialState();
 *   predictor.observe(state, observation, surroundings);
 *   Forecast forecast = predictor.forecast(state, horizon, levels, surroundings);
 * </pre>
 */
public final class Predictor {
    private final Settings settings;
    private final Smoother smoother;
    private final List<Weights> members;
    private final Head head;
    private final Seen seen;
    private final Surroundings unknown;
    private final List<Dense> nextHeads;

    Predictor(Settings settings, Smoothing smoothing, List<Weights> members, Head head, Seen seen) {
        if (members.size() != settings.network().members()) {
            throw new IllegalArgumentException("settings of %d members, and weights of %d"
                    .formatted(settings.network().members(), members.size()));
        }
        this.settings = settings;
        this.smoother = new Smoother(smoothing);
        this.members = List.copyOf(members);
        this.head = head;
        this.seen = seen;
        this.unknown = Surroundings.unknown(settings.features());
        this.nextHeads = Outputs.nextHeads(settings, members);
    }

    /** The state of a walk that has seen nothing yet. */
    public State initialState() {
        return State.initial(this, Outputs.ofNext(this));
    }

    /** As {@link #observe(State, double, Surroundings)}, where nothing is known but the target. */
    public void observe(State state, double observation) {
        observe(state, observation, unknown);
    }

    /**
     * One step: in place, and without allocation unless the network reads the calendar. NaN is a missing observation.
     *
     * @param surroundings what is known of this step and the next
     */
    public void observe(State state, double observation, Surroundings surroundings) {
        see(state, observation, surroundings);
        step(state);
        expect(state, surroundings);
    }

    /** As {@link #observe}, with a value that was forecast and not seen. */
    void assume(State state, double value, Surroundings surroundings) {
        surroundings.writeInputs(state.steps(), state.inputs, Inputs.COUNT);
        double surprise = smoother.assume(state.series, value);
        Inputs.write(smoother, state.series, surprise, false, state.inputs);
        step(state);
    }

    /** The half of a step that makes of an observation the inputs of the members. */
    void see(State state, double observation, Surroundings surroundings) {
        if (state.adaptation != null && head instanceof QuantileHead quantiles && state.steps() >= warmSteps()) {
            state.adaptation.observe(observation, state.expected, quantiles);
        }
        surroundings.writeInputs(state.steps(), state.inputs, Inputs.COUNT);
        double surprise = smoother.observe(state.series, observation);
        Inputs.write(smoother, state.series, surprise, Double.isNaN(observation), state.inputs);
    }

    /** The other half: each member reads them. */
    void step(State state) {
        for (int member = 0; member < state.members.length; member++) {
            members.get(member).step(state.inputs, state.members[member]);
        }
    }

    /** What follows a step: the forecast of the next one, which its observation is held against. */
    void expect(State state, Surroundings surroundings) {
        double anchor = smoother.anchor(state.series), scale = smoother.scale(state.series);
        float[] outputs = state.next.of(state, surroundings);
        head.describe(0, anchor, scale, outputs, state.adaptation, state.expected);
    }

    /**
     * What an observation is beside the forecast of it: that which {@link #forecast} gave, for a horizon of one step, after the
     * step before and with what was known then.
     *
     * @param state before it observes
     * @return nothing for the first observation, and for one that is missing
     */
    public @Nullable Score score(State state, double observation) {
        boolean none = Double.isNaN(observation) || state.series.observed == 0;
        return none ? null : Score.of(this, state.expected, observation);
    }

    /** The profiles are made of the first two seasons; what is wrong before says nothing of what comes. */
    private long warmSteps() {
        return 2L * smoother.smoothing().seasonLength() + 8;
    }

    /** As {@link #forecast(State, int, List, Surroundings)}, where nothing is known but the target. */
    public Forecast forecast(State state, int horizon, List<QuantileLevel> levels) {
        return forecast(state, horizon, levels, unknown);
    }

    /**
     * Reads the state and changes nothing. Beyond the trained horizon, forecasts are fed back. Levels ascend.
     *
     * @param surroundings what is known of the steps to be forecast
     */
    public Forecast forecast(State state, int horizon, List<QuantileLevel> levels, Surroundings surroundings) {
        return new ForecastReader(this, horizon, levels).read(state, surroundings);
    }

    /** The forecast after a walk from the initial state over a whole target, where nothing else is known. */
    public Forecast predict(double[] target, int horizon, List<QuantileLevel> levels) {
        return walked(new Walks.Path(target, unknown, target.length), horizon, levels);
    }

    /** The forecast after a walk from the initial state over a whole series. */
    public Forecast predict(TimeSeries series, int horizon, List<QuantileLevel> levels) {
        return walked(path(series), horizon, levels);
    }

    /** As {@link #predict(double[], int, List)} of each target, in their order and to the bit, but faster. */
    public List<Forecast> predict(List<double[]> targets, int horizon, List<QuantileLevel> levels) {
        return walkedTogether(
                targets.stream()
                        .map(target -> new Walks.Path(target, unknown, target.length))
                        .toList(),
                horizon,
                levels);
    }

    /** As {@link #predict(TimeSeries, int, List)} of each series, in their order and to the bit, but faster. */
    public List<Forecast> predictAll(List<TimeSeries> series, int horizon, List<QuantileLevel> levels) {
        return walkedTogether(series.stream().map(this::path).toList(), horizon, levels);
    }

    private Walks.Path path(TimeSeries series) {
        return new Walks.Path(series.target(), Surroundings.of(settings.features(), series), series.length());
    }

    private Forecast walked(Walks.Path path, int horizon, List<QuantileLevel> levels) {
        State state = initialState();
        for (double observation : path.target()) {
            observe(state, observation, path.surroundings());
        }
        return forecast(state, horizon, levels, path.surroundings());
    }

    private List<Forecast> walkedTogether(List<Walks.Path> paths, int horizon, List<QuantileLevel> levels) {
        var forecasts = new Forecast[paths.size()];
        new Walks(this).over(paths, (walk, state) -> {
            Walks.Path path = paths.get(walk);
            if (state.steps() == path.length()) {
                forecasts[walk] = forecast(state, horizon, levels, path.surroundings());
            }
        });
        return List.of(forecasts);
    }

    public Settings settings() {
        return settings;
    }

    /** What the network reads beside the target. */
    public Features features() {
        return settings.features();
    }

    /** How level, profile and scale follow a series. */
    public Smoothing smoothing() {
        return smoother.smoothing();
    }

    /** How much of what the network adds to the anchor counts: 1 is all of it, 0 the bare anchor. */
    public double networkShare() {
        return head instanceof QuantileHead quantiles ? quantiles.calibration().share() : 1;
    }

    /** Whether the training of this network saw a step of a series, counted from 0. */
    public boolean hasSeen(TimeSeries series, int step) {
        return seen.hasSeen(series, step);
    }

    /** The memory that the parameters take. */
    public long sizeInBytes() {
        return members.stream().mapToLong(Weights::sizeInBytes).sum();
    }

    Smoother smoother() {
        return smoother;
    }

    List<Weights> members() {
        return members;
    }

    Head head() {
        return head;
    }

    /** What is left of the heads of the members where only the next step is forecast. */
    List<Dense> nextHeads() {
        return nextHeads;
    }

    /** Where nothing is known but the target. */
    Surroundings unknown() {
        return unknown;
    }

    Seen seen() {
        return seen;
    }
}
