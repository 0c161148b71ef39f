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
            {"forecast":{"horizon":6,"context":12,"quantiles":[0.1,0.5,0.9],"season_length":12,"loss":"quantile",
              "scaling":"auto","anchor":"auto"},
             "network":{"cell":"lstm","units":4,"layers":1,"activation":"tanh","dropout":0.1},
             "training":{"epochs":1,"batch_size":16,"learning_rate":0.001,"optimizer":"adam","gradient_clip":1.0,
              "weight_decay":0.0,"patience":1,"validation_split":0.1,"seed":42,"max_duration":"PT5S"},
             "promote":"never","description":"fuzz","tags":{"team":"x"}}""";

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

    /** A valid request for each form of body that each operation takes; those that delete come last. */
    List<Supplier<Shot>> valid() {
        RandomGenerator random = new SplittableRandom(0);
        List<Supplier<Shot>> shots = new ArrayList<>();
        for (boolean deletes : new boolean[] {false, true}) {
            for (Operation operation : operations) {
                if (operation.method().equals("DELETE") != deletes) {
                    continue;
                }
                List<String> forms = operation.bodies().isEmpty()
                        ? List.of("")
                        : List.copyOf(operation.bodies().keySet());
                forms.forEach(form -> shots.add(() -> Shot.of(0, "valid " + form, valid(operation, form, random))));
            }
        }
        return shots;
    }

    private Draft valid(Operation operation, RandomGenerator random) {
        List<String> forms = List.copyOf(operation.bodies().keySet());
        return valid(operation, forms.isEmpty() ? "" : Kind.pick(forms, random), random);
    }

    private Draft valid(Operation operation, String form, RandomGenerator random) {
        Draft draft = new Draft(operation);
        operation
                .parametersIn("path")
                .forEach(
                        parameter -> draft.pathValues.put(parameter.name(), world.value(operation, parameter, random)));
        operation.parametersIn("query").stream()
                .filter(parameter -> parameter.required() || isSetting(parameter, form))
                .forEach(parameter -> draft.query.add(parameter.name() + "=" + queryValue(parameter)));
        operation.parametersIn("header").stream()
                .filter(Operation.Parameter::required)
                .forEach(parameter -> draft.setHeader(parameter.name(), world.header(operation, parameter)));
        if (!form.isEmpty()) {
            draft.setHeader(
                    "Content-Type",
                    form.startsWith("multipart") ? form + "; boundary=" + MultipartKinds.BOUNDARY : form);
            draft.body = body(operation, form, random);
        }
        return draft;
    }

    /** Settings that keep a training small go with the forms that have them in the query string. */
    private static boolean isSetting(Operation.Parameter parameter, String form) {
        boolean hasSettings = form.equals("text/csv") || form.equals("application/x-ndjson");
        return hasSettings
                && List.of("horizon", "epochs", "units", "freq", "windows").contains(parameter.name());
    }

    private static String queryValue(Operation.Parameter parameter) {
        return switch (parameter.name()) {
            case "epochs", "windows", "stride" -> "1";
            case "horizon" -> "2";
            case "units" -> "4";
            case "freq" -> "M";
            default ->
                parameter.allowed().isEmpty()
                        ? parameter.example()
                        : parameter.allowed().getFirst();
        };
    }

    private byte[] body(Operation operation, String form, RandomGenerator random) {
        Map<String, String> examples = operation.bodies();
        return switch (form) {
            case "application/json" ->
                json(operation, examples.get(form), random).getBytes(UTF_8);
            case "text/csv" -> csv(examples).getBytes(UTF_8);
            case "application/x-ndjson" -> lines(examples).getBytes(UTF_8);
            case "multipart/form-data" -> parts(examples).getBytes(UTF_8);
            case "application/zip", "application/octet-stream" -> world.artifact();
            default -> examples.get(form).getBytes(UTF_8);
        };
    }

    private String json(Operation operation, String example, RandomGenerator random) {
        JsonNode tree = JsonKinds.JSON.readTree(example.isEmpty() ? "{}" : example);
        if (operation.path().endsWith("/train") && tree instanceof ObjectNode object) {
            object.setAll((ObjectNode) JsonKinds.JSON.readTree(ALL_SETTINGS));
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

    /** The document has no example for a backtest of rows: that of a prediction is too short for one. */
    private static String csv(Map<String, String> examples) {
        String example = examples.getOrDefault("text/csv", "");
        if (!example.isEmpty()) {
            return example;
        }
        StringBuilder rows = new StringBuilder("item_id,timestamp,target\n");
        for (int month = 0; month < 36; month++) {
            rows.append("air,%d-%02d,%d\n".formatted(1950 + month / 12, 1 + month % 12, 100 + month * month % 50));
        }
        return rows.toString();
    }

    private static String lines(Map<String, String> examples) {
        String example = examples.getOrDefault("application/x-ndjson", "");
        return example.isEmpty()
                ? "{\"item_id\":\"a\",\"start\":\"1950-01\",\"freq\":\"M\",\"target\":[" + "1,2,3,4,".repeat(9)
                        + "5]}\n"
                : example;
    }

    private static String parts(Map<String, String> examples) {
        return MultipartKinds.part(
                        "name=\"request\"",
                        "application/json",
                        "{\"training\":{\"epochs\":1},\"network\":{\"units\":4},\"promote\":\"never\",\"forecast\":{\"horizon\":2}}")
                + MultipartKinds.part("name=\"data\"; filename=\"data.csv\"", "text/csv", csv(examples))
                + "--" + MultipartKinds.BOUNDARY + "--\r\n";
    }
}
