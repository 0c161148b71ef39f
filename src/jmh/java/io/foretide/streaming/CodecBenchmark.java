package io.foretide.streaming;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.ShortDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What reading and writing messages costs, beside all that lies between. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class CodecBenchmark {
    private static final int POINTS = 1000;

    @Param({"1", "24"})
    int horizon;

    private final MessageDecoder decoder = Codec.decoder();
    private final MessageEncoder encoder = Codec.encoder();
    private final Random random = new Random(1);

    private String observe;
    private String observeMany;
    private ServerMessage forecast;
    private ServerMessage forecastMany;

    @Setup
    public void makeMessages() {
        observe = "{\"type\":\"observe\",\"session\":\"sensor-17\",\"seq\":123456,\"value\":447.25}";
        observeMany = IntStream.range(0, POINTS)
                .mapToObj(i -> "[\"sensor-%d\",%d,%s]".formatted(i, 123456 + i, 400 + random.nextInt(1000) / 8.0))
                .collect(Collectors.joining(",", "{\"type\":\"observe.many\",\"points\":[", "]}"));
        Forecast some = someForecast();
        var scored = new Scored(random.nextGaussian(), random.nextGaussian(), random.nextDouble(), false, 0.8125);
        forecast = new ServerMessage.Forecasted(
                null, "sensor-17", 123456, 123400, ServerMessage.Times.UNKNOWN, some, scored);
        List<ServerMessage.PointForecast> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            points.add(new ServerMessage.PointForecast("sensor-" + i, 123456 + i, 123400, someForecast(), scored));
        }
        forecastMany = new ServerMessage.ForecastMany(null, points);
    }

    private Forecast someForecast() {
        var levels = List.of(new QuantileLevel(0.1), QuantileLevel.MEDIAN, new QuantileLevel(0.9));
        return new Forecast(numbers(), levels, new double[][] {numbers(), numbers(), numbers()});
    }

    /** As forecasts have them. */
    private double[] numbers() {
        return random.doubles(horizon, 100, 1000).map(ShortDecimal::rounded).toArray();
    }

    @Benchmark
    public Object readObserve() throws Undecodable {
        return decoder.decode(observe);
    }

    @Benchmark
    public Object writeForecast() {
        return encoder.encode(forecast);
    }

    @Benchmark
    public Object readObserveMany() throws Undecodable {
        return decoder.decode(observeMany);
    }

    @Benchmark
    public Object writeForecastMany() {
        return encoder.encode(forecastMany);
    }
}
