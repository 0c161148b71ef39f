package io.foretide.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** YAML as trees; a key that stands twice is an error. */
final class Yaml {
    static final YAMLMapper MAPPER = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Yaml() {}

    static JsonNode read(Path file) {
        try {
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String yaml) {
        try {
            return MAPPER.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String write(Object tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The upper tree over the lower one, as Helm lays values files over each other. */
    static JsonNode overlay(JsonNode lower, JsonNode upper) {
        if (!(lower instanceof ObjectNode below) || !(upper instanceof ObjectNode above)) {
            return upper;
        }
        ObjectNode merged = below.deepCopy();
        above.properties().forEach(entry -> {
            JsonNode present = merged.get(entry.getKey());
            merged.set(entry.getKey(), present == null ? entry.getValue() : overlay(present, entry.getValue()));
        });
        return merged;
    }
}
