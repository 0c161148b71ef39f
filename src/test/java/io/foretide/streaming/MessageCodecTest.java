package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages and their texts. */
class MessageCodecTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MessageDecoder decoder = Codec.decoder();
    private final MessageEncoder encoder = Codec.encoder();

    @Test
    void writesEveryMessageAsDocumented() {
        List<String> written = SampleMessages.OF_THE_SERVICE.stream()
                .map(encoder::encode)
                .map(JsonText::toString)
                .toList();

        assertThat(written).isEqualTo(SampleMessages.textsOfTheService());
    }

    @Test
    void samplesShowEveryTypeOfMessage() throws Undecodable {
        Set<String> ofClients = new HashSet<>();
        for (String text : SampleMessages.textsOfClients()) {
            ofClients.add(MessageTypes.of(decoder.decode(text)));
        }

        assertThat(ofClients).containsExactlyInAnyOrderElementsOf(MessageTypes.OF_CLIENTS);
        assertThat(SampleMessages.OF_THE_SERVICE.stream().map(MessageTypes::of).distinct())
                .containsExactlyInAnyOrderElementsOf(MessageTypes.OF_THE_SERVICE);
    }

    @ParameterizedTest
    @MethodSource("io.foretide.streaming.SampleMessages#textsOfClients")
    void readsTheFieldsOfAMessageInAnyOrder(String text) throws Undecodable {
        JsonNode message = JSON.readTree(text);
        var reversed = JSON.createObjectNode();
        message.propertyNames().stream().toList().reversed().forEach(name -> reversed.set(name, message.get(name)));

        assertThat(decoder.decode(reversed.toString()))
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(decoder.decode(text));
    }

    @Test
    void readsAllThatOpensASession() throws Undecodable {
        var open = (ClientMessage.Open)
                decoder.decode(SampleMessages.textsOfClients().get(1));

        assertThat(open.model()).hasToString("air@champion");
        assertThat(open.quantiles()).containsExactly(new QuantileLevel(0.1), QuantileLevel.MEDIAN);
        assertThat(open.emit()).isEqualTo(Emit.NONE);
        assertThat(open.onVersion()).isEqualTo(VersionPolicy.MIGRATE);
        assertThat(open.series().target()).containsExactly(461, 390, Double.NaN, 432);
        assertThat(open.ttl()).hasHours(1);
    }

    @Test
    void readsASeriesWithoutObservationsForItsTimes() throws Undecodable {
        var open = (ClientMessage.Open)
                decoder.decode(SampleMessages.textsOfClients().get(2));

        assertThat(open.series().length()).isZero();
        assertThat(open.series().timeline().labelOf(0)).isEqualTo("1960-10-01");
    }

    @Test
    void readsCovariatesOfAnObservation() throws Undecodable {
        var observation = ((ClientMessage.Observe)
                        decoder.decode(SampleMessages.textsOfClients().get(6)))
                .observation();

        assertThat(observation.value()).isNaN();
        assertThat(observation.time().label()).isEqualTo("1961-03");
        assertThat(observation.past()).containsEntry("temp", 3.5).containsEntry("rain", Double.NaN);
        assertThat(observation.future().get("promo")).containsExactly(1);
        assertThat(observation.future().get("holiday")).containsExactly(0, 0, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsManyPointsAsJacksonDoes(long seed) throws Undecodable {
        var random = new Random(seed);
        int count = random.nextInt(500);
        List<List<Object>> points = IntStream.range(0, count)
                .mapToObj(i -> List.<Object>of(
                        "s" + random.nextInt(50),
                        random.nextLong(1, Long.MAX_VALUE),
                        random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30))))
                .toList();
        String text = JSON.writeValueAsString(Map.of("type", "observe.many", "points", points));

        Points read = ((ClientMessage.ObserveMany) decoder.decode(text)).points();

        assertThat(read.count()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(List.of(read.sessions()[i], read.seqs()[i], read.values()[i]))
                    .isEqualTo(points.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void writesForecastsThatJacksonReadsAsTheSameNumbers(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Forecast forecast = randomForecast(random);
            String eventId = randomText(random);
            var message = new ServerMessage.Forecasted(
                    eventId,
                    "a",
                    random.nextLong(1, Long.MAX_VALUE),
                    0,
                    ServerMessage.Times.UNKNOWN,
                    forecast,
                    new Scored(anyNumber(random), anyNumber(random), random.nextDouble(), random.nextBoolean(), 1));

            String text = encoder.encode(message).toString();

            JsonNode read = JSON.readTree(text);
            assertThat(text).matches("\\p{ASCII}*");
            assertThat(read.path("event_id").asString()).isEqualTo(eventId);
            assertThat(read.path("seq").longValue()).isEqualTo(message.seq());
            assertThat(numbers(read.path("mean"))).containsExactly(forecast.mean());
            for (QuantileLevel level : forecast.levels()) {
                assertThat(numbers(read.path("quantiles").path(level.toString())))
                        .containsExactly(forecast.at(level));
            }
            assertThat(read.at("/scored/error").doubleValue())
                    .isEqualTo(message.scored().error());
        }
    }

    @Test
    void writesHalfACharacterSoThatItCanBeSent() {
        String text = encoder.encode(new ServerMessage.Failed("\ud800", "\udfff\"", SessionProblems.unknown("\ud800")))
                .toString();

        assertThat(text).matches("\\p{ASCII}*").contains("\\ud800", "\\udfff\\\"");
        assertThat(JSON.readTree(text).path("event_id").asString()).isEqualTo("\ud800");
    }

    @Test
    void expectsAboutTheLengthThatAMessageHas() {
        for (ServerMessage message : SampleMessages.OF_THE_SERVICE) {
            int length = encoder.encode(message).toString().length();

            assertThat(MessageEncoder.expectedLength(message)).isBetween(length / 2L, 4L * length + 400);
        }
    }

    private static Forecast randomForecast(Random random) {
        int horizon = random.nextInt(1, 5);
        List<QuantileLevel> levels = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> new QuantileLevel(random.nextDouble(1e-6, 1)))
                .distinct()
                .sorted()
                .toList();
        double[][] quantiles =
                levels.stream().map(level -> numbers(random, horizon)).toArray(double[][]::new);
        return new Forecast(numbers(random, horizon), levels, quantiles);
    }

    private static double[] numbers(Random random, int count) {
        return IntStream.range(0, count).mapToDouble(i -> anyNumber(random)).toArray();
    }

    private static double anyNumber(Random random) {
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : 0;
    }

    private static double[] numbers(JsonNode list) {
        return list.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    private static String randomText(Random random) {
        return random.ints(20, 0, Character.MAX_VALUE + 1)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }
}
