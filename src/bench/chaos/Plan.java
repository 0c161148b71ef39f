package chaos;

import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the sessions of one kind are told, message by message: the same for the same seed and count. */
enum Plan {
    FORECASTS {
        @Override
        String training() {
            return "{\"forecast\":{\"horizon\":5},\"network\":{\"units\":16},\"training\":{\"epochs\":3},\"data\":{\"series\":[%s]}}"
                    .formatted(joined(8, series -> "{\"target\":[%s]}"
                            .formatted(joined(150, step -> value(new Random(series), step)))));
        }

        @Override
        String message(String session, int seq, Random random) {
            return observe(session, seq, random.nextInt(12) == 0 ? "null" : value(random, seq));
        }
    },
    LABELS {
        @Override
        String training() {
            return "{\"task\":\"classify\",\"network\":{\"units\":8},\"training\":{\"epochs\":3},\"data\":{\"sequences\":[%s]}}"
                    .formatted(joined(40, i -> "{\"id\":\"%d\",\"label\":\"%s\",\"values\":[%s]}"
                            .formatted(i, i % 2 == 0 ? "up" : "down", joined(20, step -> channels(new Random(31L * i + step), i % 2)))));
        }

        @Override
        String message(String session, int seq, Random random) {
            return observe(session, seq, channels(random, random.nextInt(2)));
        }
    },
    TONES {
        @Override
        String training() {
            return "{\"task\":\"classify\",\"network\":{\"units\":8},\"training\":{\"epochs\":3},\"data\":{\"sequences\":[%s]}}"
                    .formatted(joined(40, i -> "{\"id\":\"%d\",\"label\":\"%s\",\"text\":\"%s\"}"
                            .formatted(i, i % 2 == 0 ? "good" : "bad", (i % 2 == 0 ? "fine " : "poor ") + words(new Random(i), 8))));
        }

        @Override
        String message(String session, int seq, Random random) {
            return text(session, seq, words(random, 1 + random.nextInt(4)) + odd(random));
        }
    },
    TALES {
        @Override
        String training() {
            return writing("char");
        }

        @Override
        String message(String session, int seq, Random random) {
            return writing(session, seq, random);
        }
    },
    WORDS {
        @Override
        String training() {
            return writing("word");
        }

        @Override
        String message(String session, int seq, Random random) {
            return writing(session, seq, random);
        }
    };

    private static final String[] KNOWN = {"the", "cat", "dog", "sat", "lay", "by", "door,", "mat.", "fine", "poor"};
    private static final String[] ODD = {"", "", "", " 😀", " 日本", "\\u0000", " \\ud83d", "\\ude00 ", " مرحبا", "\\n"};

    /** A body that trains a model for a moment. */
    abstract String training();

    abstract String message(String session, int seq, Random random);

    /** What a session is told as that count. */
    String message(String session, long seed, int seq) {
        return message(session, seq, new Random(1_000_003 * seed + seq));
    }

    String model() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String joined(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(","));
    }

    private static String value(Random random, int step) {
        return Double.toString(Math.rint(1_000 + 200 * Math.sin(2 * Math.PI * step / 7) + 50 * random.nextGaussian()) / 10);
    }

    private static String channels(Random random, int label) {
        return "[%s,%s]".formatted(Math.rint(100 * random.nextGaussian()) / 100 + label, Math.rint(100 * random.nextGaussian()) / 100);
    }

    private static String words(Random random, int count) {
        return IntStream.range(0, count).mapToObj(_ -> KNOWN[random.nextInt(KNOWN.length)]).collect(Collectors.joining(" "));
    }

    private static String odd(Random random) {
        return ODD[random.nextInt(ODD.length)];
    }

    private static String observe(String session, int seq, String value) {
        return "{\"type\":\"observe\",\"session\":\"%s\",\"seq\":%d,\"value\":%s}".formatted(session, seq, value);
    }

    private static String text(String session, int seq, String text) {
        return "{\"type\":\"text\",\"session\":\"%s\",\"seq\":%d,\"text\":\"%s\"}".formatted(session, seq, text);
    }

    private static String writing(String tokens) {
        return "{\"task\":\"generate\",\"generate\":{\"tokens\":\"%s\"},\"network\":{\"units\":24},\"training\":{\"epochs\":2},\"data\":{\"text\":\"%s\"}}"
                .formatted(tokens, words(new Random(3), 2_000));
    }

    /** A text, and then what follows it: sometimes much, sometimes to a stop string. */
    private static String writing(String session, int seq, Random random) {
        if (seq % 2 == 1) {
            return text(session, seq, words(random, 1 + random.nextInt(6)) + odd(random));
        }
        int most = random.nextInt(8) == 0 ? 3_000 : 1 + random.nextInt(200);
        return "{\"type\":\"generate\",\"session\":\"%s\",\"seq\":%d,\"max_tokens\":%d,\"seed\":%d,\"temperature\":%s,\"top_k\":%d,\"stop\":[%s]}"
                .formatted(
                        session, seq, most, random.nextInt(1_000), random.nextInt(4) / 2.0, random.nextInt(3) * 5,
                        random.nextInt(3) == 0 ? "\"mat.\"" : "");
    }
}
