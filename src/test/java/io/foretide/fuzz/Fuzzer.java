package io.foretide.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests from seeds. */
final class Fuzzer {
    /** Every setting of a training, small enough for thousands of them; the document shows only some. */
    private static final String ALL_SETTINGS = """
            {"network":{"cell":"lstm","units":4,"layers":1,"activation":"tanh","dropout":0.1},
             "training":{"epochs":1,"batch_size":16,"learning_rate":0.001,"optimizer":"adam","gradient_clip":1.0,
              "weight_decay":0.0,"patience":1,"validation_split":0.1,"seed":42,"max_duration":"PT5S"},
             "promote":"never","description":"fuzz","tags":{"team":"x"}}""";

    /** Those of one task beside them. */
    private static final Map<String, String> SETTINGS_OF_TASKS =
            Map.of("forecast", """
                    {"forecast":{"horizon":6,"context":12,"quantiles":[0.1,0.5,0.9],"season_length":12,"loss":"quantile",
                     "scaling":"auto","anchor":"auto"}}""", "classify", """
                    {"classify":{"normalization":"data","label_smoothing":0.1,"class_weights":"balanced","patterns":"none"}}""", "generate", """
                    {"generate":{"tokens":"char"}}""");

    private final World world;
    private final List<Operation> operations;
    private final List<Operation> drawn;
    private final List<Kind> kinds;

    Fuzzer(World world) {
        this.world = world;
        this.operations = world.operations();
        this.drawn = weightedOperations(operations);
        this.kinds = weighted(Kind.all());
    }

    private static List<Kind> weighted(List<Kind> all) {
        List<Kind> weighted = new ArrayList<>();
        all.forEach(kind -> weighted.addAll(Collections.nCopies(kind.weight(), kind)));
        return List.copyOf(weighted);
    }

    /** Those that take bodies have most that can be wrong. */
    private static List<Operation> weightedOperations(List<Operation> all) {
        List<Operation> weighted = new ArrayList<>();
        all.forEach(operation ->
                weighted.addAll(Collections.nCopies(1 + 4 * operation.bodies().size(), operation)));
        return List.copyOf(weighted);
    }

    List<Operation> operations() {
        return operations;
    }

    /** The request of a seed. */
    Shot shot(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Draft draft = valid(Kind.pick(drawn, random), random);
        Kind kind = Kind.pick(kinds, random);
        while (!kind.fits().test(draft)) {
            kind = Kind.pick(kinds, random);
        }
        kind.change().apply(draft, random);
        return Shot.of(seed, kind.name(), draft);
    }

    /** A valid request for each task and form of body that each operation takes; those that delete come last. */
    List<Supplier<Shot>> valid() {
        RandomGenerator random = new SplittableRandom(0);
        List<Supplier<Shot>> shots = new ArrayList<>();
        for (boolean deletes : new boolean[] {false, true}) {
            for (Operation operation : operations) {
                if (operation.method().equals("DELETE") == deletes) {
                    forms(operation)
                            .forEach(form ->
                                    shots.add(() -> Shot.of(0, "valid " + form, valid(operation, form, random))));
                }
            }
        }
        return shots;
    }

    /**
     * A form of body.
     *
     * @param type the media type; empty where there is no body
     * @param task what the example is of; empty where there is one for all
     */
    private record Form(String type, String task) {
        @Override
        public String toString() {
            return (type + " " + task).strip();
        }
    }

    private static List<Form> forms(Operation operation) {
        List<Form> forms = new ArrayList<>();
        operation
                .bodies()
                .forEach((type, examples) -> examples.keySet().forEach(task -> forms.add(new Form(type, task))));
        return forms.isEmpty() ? List.of(new Form("", "")) : forms;
    }

    private Draft valid(Operation operation, RandomGenerator random) {
        return valid(operation, Kind.pick(forms(operation), random), random);
    }

    private Draft valid(Operation operation, Form form, RandomGenerator random) {
        Draft draft = new Draft(operation);
        operation
                .parametersIn("path")
                .forEach(parameter ->
                        draft.pathValues.put(parameter.name(), world.value(operation, parameter, form.task(), random)));
        operation.parametersIn("query").stream()
                .filter(parameter -> parameter.required() || isSetting(operation, parameter, form))
                .forEach(parameter -> draft.query.add(parameter.name() + "=" + queryValue(parameter, form)));
        operation.parametersIn("header").stream()
                .filter(Operation.Parameter::required)
                .forEach(parameter ->
                        draft.setHeader(parameter.name(), world.header(operation, parameter, form.task())));
        String type = form.type();
        if (!type.isEmpty()) {
            draft.setHeader(
                    "Content-Type",
                    type.startsWith("multipart") ? type + "; boundary=" + MultipartKinds.BOUNDARY : type);
            draft.body = body(operation, form, random);
        }
        return draft;
    }

    /** Settings that keep a training small go with the forms that have them in the query string. */
    private static boolean isSetting(Operation operation, Operation.Parameter parameter, Form form) {
        boolean hasSettings =
                List.of("text/csv", "application/x-ndjson", "text/plain").contains(form.type());
        return hasSettings && settings(operation, form.task()).contains(parameter.name());
    }

    private static List<String> settings(Operation operation, String task) {
        boolean trains = operation.path().endsWith("/train");
        return switch (task) {
            case "classify" -> trains ? List.of("task", "epochs", "units", "members") : List.of();
            case "generate" ->
                trains
                        ? List.of("task", "epochs", "units")
                        : operation.path().endsWith("/predict") ? List.of("max_tokens") : List.of();
            default -> List.of("horizon", "epochs", "units", "freq", "windows");
        };
    }

    private static String queryValue(Operation.Parameter parameter, Form form) {
        return switch (parameter.name()) {
            case "task" -> form.task();
            case "epochs", "windows", "stride", "members" -> "1";
            case "horizon", "max_tokens" -> "2";
            case "units" -> "4";
            case "freq" -> "M";
            default ->
                parameter.allowed().isEmpty()
                        ? parameter.example()
                        : parameter.allowed().getFirst();
        };
    }

    private byte[] body(Operation operation, Form form, RandomGenerator random) {
        String example = operation.bodies().get(form.type()).getOrDefault(form.task(), "");
        return switch (form.type()) {
            case "application/json" ->
                json(operation, example, form.task(), random).getBytes(UTF_8);
            case "multipart/form-data" -> parts(operation).getBytes(UTF_8);
            case "application/zip", "application/octet-stream" -> world.artifact();
            default -> example.getBytes(UTF_8);
        };
    }

    private String json(Operation operation, String example, String task, RandomGenerator random) {
        JsonNode tree = JsonKinds.JSON.readTree(example.isEmpty() ? "{}" : example);
        if (operation.path().endsWith("/train") && tree instanceof ObjectNode object) {
            object.setAll((ObjectNode) JsonKinds.JSON.readTree(ALL_SETTINGS));
            object.setAll((ObjectNode) JsonKinds.JSON.readTree(SETTINGS_OF_TASKS.getOrDefault(task, "{}")));
        }
        if (operation.path().endsWith("/state") && tree instanceof ObjectNode object) {
            object.put("state", world.state());
        }
        if (operation.path().endsWith("/fork") && tree instanceof ObjectNode object) {
            object.put("new_session", "fork" + random.nextInt(1 << 30));
        }
        if (operation.path().endsWith("/generate") && tree instanceof ObjectNode object) {
            object.remove("seq"); // whatever the session has walked by then
        }
        return tree.toString();
    }

    private static String parts(Operation operation) {
        return MultipartKinds.part(
                        "name=\"request\"",
                        "application/json",
                        "{\"training\":{\"epochs\":1},\"network\":{\"units\":4},\"promote\":\"never\",\"forecast\":{\"horizon\":2}}")
                + MultipartKinds.part(
                        "name=\"data\"; filename=\"data.csv\"",
                        "text/csv",
                        operation.bodies().get("text/csv").getOrDefault("forecast", ""))
                + "--" + MultipartKinds.BOUNDARY + "--\r\n";
    }
}
