package chaos;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A forecast that a client was told.
 *
 * @param context what its session had walked
 * @param levels as the answer names them
 * @param start the time of its first step; null where the message has none
 * @param expected what had been forecast for the last observation; NaN where it was not scored
 */
record Received(
        String session,
        int seq,
        Context context,
        List<String> levels,
        double[] mean,
        double[][] quantiles,
        String start,
        double expected) {
    static Received of(String session, Context context, JsonNode message) {
        List<String> levels = new ArrayList<>(message.path("quantiles").propertyNames());
        return new Received(
                session,
                message.path("seq").asInt(),
                context,
                levels,
                numbers(message.path("mean")),
                levels.stream().map(level -> numbers(message.path("quantiles").path(level))).toArray(double[][]::new),
                message.path("start").asString(null),
                message.path("scored").path("expected").asDouble(Double.NaN));
    }

    static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }

    /** What a prediction has to be asked for besides the context. */
    String asked() {
        return "\"horizon\":%d,\"quantiles\":[%s]".formatted(mean.length, String.join(",", levels));
    }
}
