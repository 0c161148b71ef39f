package io.foretide.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request before it is spelled: it begins valid, and kinds change it. */
final class Draft {
    final Operation operation;
    final Map<String, String> pathValues = new LinkedHashMap<>();
    final List<String> query = new ArrayList<>();
    final List<String> headers = new ArrayList<>();
    String method;
    String host = "localhost";
    byte[] body = {};
    Delivery delivery = new Delivery.Whole();

    /** Takes the place of the whole target where it is not empty. */
    String target = "";

    /** Takes the place of everything where it is not empty. */
    byte[] wire = {};

    /** Whether a connection that is closed without an answer is answer enough. */
    boolean mayBeDropped;

    Draft(Operation operation) {
        this.operation = operation;
        this.method = operation.method();
    }

    String contentType() {
        return header("content-type");
    }

    String header(String name) {
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Puts a header in the place of all of its name. */
    void setHeader(String name, String value) {
        removeHeader(name);
        headers.add(name + ": " + value);
    }

    void removeHeader(String name) {
        headers.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"));
    }

    boolean hasBody() {
        return body.length > 0;
    }

    boolean is(String mediaType) {
        return hasBody() && contentType().startsWith(mediaType);
    }

    String text() {
        return new String(body, UTF_8);
    }

    void text(String content) {
        body = content.getBytes(UTF_8);
    }

    String target() {
        if (!target.isEmpty()) {
            return target;
        }
        String path = operation.path();
        for (var value : pathValues.entrySet()) {
            path = path.replace("{" + value.getKey() + "}", value.getValue());
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    /** The bytes of the head, up to and with the empty line. */
    byte[] head() {
        StringBuilder head = new StringBuilder(method + " " + target() + " HTTP/1.1\r\n");
        if (!host.isEmpty()) {
            head.append("Host: ").append(host).append("\r\n");
        }
        headers.forEach(line -> head.append(line).append("\r\n"));
        boolean isFramed = !header("content-length").isEmpty()
                || !header("transfer-encoding").isEmpty();
        boolean mayHaveBody = hasBody() || method.equals("POST") || method.equals("PUT");
        if (!isFramed && mayHaveBody) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        if (header("connection").isEmpty()) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    byte[] bytes() {
        if (wire.length > 0) {
            return wire;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head());
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
