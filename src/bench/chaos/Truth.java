package chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an uninterrupted run would have told: predictions from all that a session has walked. */
final class Truth {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_VALUES = 30_000;

    private final Replica replica;
    private final String reference;
    private final Tally tally;
    private final Map<Context, Double> firstMeans = new IdentityHashMap<>();

    Truth(Replica replica, String reference, Tally tally) {
        this.replica = replica;
        this.reference = reference;
        this.tally = tally;
    }

    void compare(List<Received> all) throws IOException, InterruptedException {
        Map<String, Map<Context, List<Received>>> groups = new HashMap<>();
        for (Received one : all) {
            groups.computeIfAbsent(one.asked(), _ -> new IdentityHashMap<>())
                    .computeIfAbsent(one.context(), _ -> new ArrayList<>())
                    .add(one);
        }
        for (var group : groups.entrySet()) {
            List<Context> batch = new ArrayList<>();
            int values = 0;
            for (Context context : group.getValue().keySet()) {
                batch.add(context);
                values += context.length();
                if (values > MOST_VALUES) {
                    compare(group.getKey(), batch, group.getValue());
                    batch.clear();
                    values = 0;
                }
            }
            compare(group.getKey(), batch, group.getValue());
        }
        all.forEach(this::compareScore);
    }

    private void compare(String asked, List<Context> contexts, Map<Context, List<Received>> received)
            throws IOException, InterruptedException {
        if (contexts.isEmpty()) {
            return;
        }
        JsonNode forecasts = predict(
                asked, contexts.stream().map(context -> series(context, context.values())).toList());
        for (int i = 0; i < contexts.size(); i++) {
            firstMeans.put(contexts.get(i), forecasts.get(i).path("mean").get(0).asDouble());
            for (Received one : received.get(contexts.get(i))) {
                tally.forecasts.increment();
                if (!isSame(one, forecasts.get(i))) {
                    differs(one, forecasts.get(i));
                }
            }
        }
    }

    private JsonNode predict(String asked, List<String> series) throws IOException, InterruptedException {
        String answer = replica.post(
                "/api/v1/models/" + reference + "/predict", "{%s,\"series\":[%s]}".formatted(asked, String.join(",", series)));
        return JSON.readTree(answer).path("forecasts");
    }

    static String series(Context context, double[] values) {
        return "{\"start\":\"%s\",\"freq\":\"D\",\"target\":[%s]}"
                .formatted(
                        context.start(),
                        Arrays.stream(values).mapToObj(Context::json).collect(Collectors.joining(",")));
    }

    private static boolean isSame(Received one, JsonNode truth) {
        boolean same = Arrays.equals(one.mean(), Received.numbers(truth.path("mean")))
                && (one.start() == null || one.start().equals(truth.path("start").asString()));
        for (int level = 0; level < one.quantiles().length; level++) {
            JsonNode quantile = truth.path("quantiles").path(one.levels().get(level));
            same &= Arrays.equals(one.quantiles()[level], Received.numbers(quantile));
        }
        return same;
    }

    private void compareScore(Received one) {
        Double before = firstMeans.get(one.context().before());
        boolean scored = !Double.isNaN(one.expected()) && one.context().skipped() == 0 && before != null;
        if (scored && one.expected() != before) {
            tally.differs("%s at %d: %s was expected, forecast had been %s"
                    .formatted(one.session(), one.seq(), one.expected(), before));
        }
    }

    /** Looks whether a value more or less explains it. */
    private void differs(Received one, JsonNode truth) throws IOException, InterruptedException {
        String what = "%s at %d of %d steps: told was %s from %s, predicted %s from %s"
                .formatted(
                        one.session(),
                        one.seq(),
                        one.context().length(),
                        Arrays.toString(one.mean()),
                        one.start(),
                        truth.path("mean"),
                        truth.path("start"));
        tally.differs(what);
        double[] values = one.context().values();
        List<String> more = new ArrayList<>(), less = new ArrayList<>();
        for (int at = Math.max(1, values.length - 100); at < values.length; at++) {
            more.add(series(one.context(), joined(values, at + 1, at)));
            less.add(series(one.context(), joined(values, at, at + 1)));
        }
        if (explains(one, more)) {
            tally.twice(what);
        } else if (explains(one, less)) {
            tally.lost(what);
        }
    }

    /** The values up to one index, and then those from another one on. */
    private static double[] joined(double[] values, int to, int from) {
        return DoubleStream.concat(Arrays.stream(values, 0, to), Arrays.stream(values, from, values.length))
                .toArray();
    }

    private boolean explains(Received one, List<String> series) throws IOException, InterruptedException {
        if (series.isEmpty()) {
            return false;
        }
        for (JsonNode forecast : predict(one.asked(), series)) {
            if (Arrays.equals(one.mean(), Received.numbers(forecast.path("mean")))) {
                return true;
            }
        }
        return false;
    }
}
