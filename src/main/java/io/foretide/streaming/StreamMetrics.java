package io.foretide.streaming;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What goes over the wire. */
@Component
final class StreamMetrics {
    private static final String UNREADABLE = "unreadable";

    private final MeterRegistry registry;
    private final Map<String, Counter> received = new LinkedHashMap<>();
    private final Map<String, Counter> sent = new LinkedHashMap<>();
    private final Counter coalesced;

    StreamMetrics(MeterRegistry registry) {
        this.registry = registry;
        MessageTypes.OF_CLIENTS.forEach(type -> received.put(type, counter("in", type)));
        received.put(UNREADABLE, counter("in", UNREADABLE));
        MessageTypes.OF_THE_SERVICE.forEach(type -> sent.put(type, counter("out", type)));
        coalesced = Counter.builder("foretide.stream.coalesced")
                .description("Forecasts that were replaced by newer ones before a slow reader took them")
                .register(registry);
    }

    private Counter counter(String direction, String type) {
        return Counter.builder("foretide.stream.messages")
                .description("Messages over WebSocket")
                .tag("direction", direction)
                .tag("type", type)
                .register(registry);
    }

    void received(ClientMessage message) {
        count(received, MessageTypes.of(message));
    }

    void receivedUnreadable() {
        count(received, UNREADABLE);
    }

    void sent(ServerMessage message) {
        count(sent, MessageTypes.of(message));
    }

    void coalesced(int forecasts) {
        coalesced.increment(forecasts);
    }

    /** Shows what is open and what waits. */
    void watch(Supplier<Number> connections, Supplier<Number> waiting) {
        Gauge.builder("foretide.stream.connections", connections)
                .description("WebSocket connections")
                .register(registry);
        Gauge.builder("foretide.stream.waiting", waiting)
                .baseUnit("bytes")
                .description("What waits to be sent to slow readers")
                .register(registry);
    }

    private static void count(Map<String, Counter> counters, String type) {
        Objects.requireNonNull(counters.get(type), type).increment();
    }
}
