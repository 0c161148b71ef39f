package io.foretide.network;

import io.foretide.kernel.CellState;
import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;

/**
 * A trained network, or several members that speak as one, ready to walk. Immutable: any number of threads may use it at
 * once, each with its own {@link State}.
 *
 * <pre>
 *   State state = predictor.initialState();
 *   predictor.observe(state, observation);
 *   Forecast forecast = predictor.forecast(state, horizon, levels);
 * </pre>
 */
public final class Predictor {
    private final Settings settings;
    private final Smoother smoother;
    private final List<Weights> members;
    private final Head head;
    private final Seen seen;

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
    }

    /** The state of a walk that has seen nothing yet. */
    public State initialState() {
        return new State(
                smoother.initialState(),
                members.stream().map(Weights::initialStates).toArray(CellState[][]::new),
                head instanceof QuantileHead quantiles
                                && quantiles.calibration().adapts()
                        ? new Adaptation(quantiles.width())
                        : null,
                Outputs.ofNext(this));
    }

    /** One step: in place, without allocation. NaN is a missing observation. */
    public void observe(State state, double observation) {
        see(state, observation);
        step(state);
        expect(state);
    }

    /** As {@link #observe}, with a value that was forecast and not seen. */
    void assume(State state, double value) {
        double surprise = smoother.assume(state.series, value);
        Inputs.write(smoother, state.series, surprise, false, state.inputs);
        step(state);
    }

    /** The half of a step that makes of an observation the inputs of the members. */
    void see(State state, double observation) {
        if (state.adaptation != null && head instanceof QuantileHead quantiles && state.steps() >= warmSteps()) {
            state.adaptation.observe(observation, quantiles);
        }
        double surprise = smoother.observe(state.series, observation);
        Inputs.write(smoother, state.series, surprise, Double.isNaN(observation), state.inputs);
    }

    /** The other half: each member reads them. */
    void step(State state) {
        for (int member = 0; member < state.members.length; member++) {
            members.get(member).step(state.inputs, state.members[member]);
        }
    }

    /** What follows a step: the levels of the next one, which its observation is held against. */
    void expect(State state) {
        if (state.adaptation != null && head instanceof QuantileHead quantiles) {
            double anchor = smoother.anchor(state.series), scale = smoother.scale(state.series);
            Adaptation adaptation = state.adaptation;
            quantiles.levels(0, anchor, scale, state.next.of(state), adaptation, adaptation.expected);
        }
    }

    /** The profiles are made of the first two seasons; what is wrong before says nothing of what comes. */
    private long warmSteps() {
        return 2L * smoother.smoothing().seasonLength() + 8;
    }

    /** Reads the state and changes nothing. Beyond the trained horizon, forecasts are fed back. Levels ascend. */
    public Forecast forecast(State state, int horizon, List<QuantileLevel> levels) {
        return new ForecastReader(this, levels).read(state, horizon);
    }

    /** The forecast after a walk from the initial state over a whole target. */
    public Forecast predict(double[] target, int horizon, List<QuantileLevel> levels) {
        State state = initialState();
        for (double observation : target) {
            observe(state, observation);
        }
        return forecast(state, horizon, levels);
    }

    /** As {@link #predict(double[], int, List)} of each target, in their order and to the bit, but faster. */
    public List<Forecast> predict(List<double[]> targets, int horizon, List<QuantileLevel> levels) {
        var forecasts = new Forecast[targets.size()];
        var paths = targets.stream()
                .map(target -> new Walks.Path(target, target.length))
                .toList();
        new Walks(this).over(paths, (walk, state) -> {
            if (state.steps() == paths.get(walk).length()) {
                forecasts[walk] = forecast(state, horizon, levels);
            }
        });
        return List.of(forecasts);
    }

    public Settings settings() {
        return settings;
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

    Seen seen() {
        return seen;
    }
}
