import io.foretide.generation.GenerateOptions;
import io.foretide.generation.LanguageMeasures;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.generation.TrainedLanguageModel;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.text.TokenKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** One training of so many minutes at most on one text, and how well what came of it says another one. */
final class Learning {
    /** What may be asked for; all else is chosen. */
    private static final List<String> SETTINGS = List.of(
            "tokens", "context", "cell", "units", "layers", "embedding", "dropout", "epochs", "rows-a-batch", "rate", "held-out", "seed");

    private final Map<String, String> options;
    private final int minutes;
    private final Path beside;

    /** @param beside where progress, and in the end the artifact, are kept */
    Learning(Map<String, String> options, int minutes, Path beside) {
        this.options = options;
        this.minutes = minutes;
        this.beside = beside;
    }

    /** The settings that were asked for, as part of a name. */
    static String asked(Map<String, String> options) {
        return SETTINGS.stream()
                .filter(options::containsKey)
                .map(name -> " " + name + "=" + options.get(name))
                .collect(Collectors.joining());
    }

    String measure() throws IOException {
        Duration time = Duration.ofMinutes(minutes);
        int threads = asked("threads", Integer::valueOf) == null
                ? Math.max(1, Runtime.getRuntime().availableProcessors() - 1)
                : asked("threads", Integer::valueOf);
        var trainer = new LanguageModelTrainer(
                new TrainingResources(threads, Runtime.getRuntime().maxMemory()));
        Duration cap = options.containsKey("cap") ? Duration.parse(options.get("cap")) : time;
        try (var progress = new TrainingProgress(beside, cap)) {
            TrainedLanguageModel trained =
                    trainer.train(text("train"), generate(), network(), training(time), progress);
            LanguageModel model = trained.model();
            Files.write(Path.of(beside + ".artifact"), trained.artifact());
            LanguageMeasures measures = model.measure(text("val"));
            System.out.println(model.settings());
            return "%.4f nats a character of the other text (%d), %d × %d %s, %d epochs, the best %d, %.0f s of training, %.0f s of processors, stopped by %s, %d threads"
                    .formatted(
                            measures.nats(),
                            measures.tokens(),
                            model.settings().network().layers(),
                            model.settings().network().units(),
                            model.settings().network().cell().name().toLowerCase(Locale.ROOT),
                            trained.losses().size(),
                            trained.members().getFirst().bestEpoch(),
                            progress.seconds(),
                            progress.processorSeconds(),
                            trained.stoppedBy().name().toLowerCase(Locale.ROOT),
                            threads);
        }
    }

    /** The one text of the folder whose name ends so; it may be compressed by gzip. */
    private String text(String part) throws IOException {
        try (var files = Files.walk(Path.of(options.get("folder")))) {
            Path file = files.filter(one -> one.getFileName().toString().matches(".*\\." + part + "\\.txt(\\.gz)?"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("the folder has no file *." + part + ".txt or *." + part + ".txt.gz"));
            try (InputStream in = Files.newInputStream(file)) {
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private <T> T asked(String name, Function<String, T> as) {
        String value = options.get(name);
        return value == null ? null : as.apply(value);
    }

    private GenerateOptions generate() {
        return new GenerateOptions(
                asked("tokens", value -> value.equals("word") ? TokenKind.WORD : TokenKind.CHARACTER),
                null,
                asked("context", Integer::valueOf));
    }

    private NetworkOptions network() {
        return new NetworkOptions(
                asked("cell", value -> CellType.valueOf(value.toUpperCase(Locale.ROOT))),
                asked("units", Integer::valueOf),
                asked("layers", Integer::valueOf),
                null,
                asked("dropout", Double::valueOf),
                asked("embedding", Integer::valueOf),
                null);
    }

    private TrainingOptions training(Duration time) {
        return new TrainingOptions(
                asked("epochs", Integer::valueOf),
                asked("rows-a-batch", Integer::valueOf),
                asked("rate", Double::valueOf),
                null,
                null,
                null,
                null,
                null,
                asked("held-out", Double::valueOf),
                asked("seed", Long::valueOf),
                time);
    }
}
