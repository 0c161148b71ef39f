package io.foretide.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request over HTTP, which waits for the answers to its messages. */
final class Exchange implements Recipient {
    private final @Nullable String token;
    private final int expected;
    private final long comfortable;
    private final Backlog answers = new Backlog();
    private final List<ServerMessage> warnings = new ArrayList<>();
    private @Nullable ServerMessage first;
    private int arrived;
    private boolean durable;
    private final CompletableFuture<Exchange> complete = new CompletableFuture<>();

    /**
     * @param token what was shown for the session; none where one is opened
     * @param expected how many messages are sent, of which each has one answer
     * @param comfortable how much may be answered before newer forecasts take the place of older ones
     */
    Exchange(@Nullable String token, int expected, long comfortable) {
        this.token = token;
        this.expected = expected;
        this.comfortable = comfortable;
    }

    @Override
    public @Nullable String token() {
        return token;
    }

    @Override
    public boolean takesTokens() {
        return false;
    }

    @Override
    public void send(ServerMessage message) {
        if (take(message)) {
            complete.complete(this);
        }
    }

    /** Takes a message, and says whether it was the last one to wait for. */
    private synchronized boolean take(ServerMessage message) {
        switch (message) {
            case ServerMessage.Warning warning -> warnings.add(warning);
            // What is told unasked is for those who stay.
            case ServerMessage.AckMany _, ServerMessage.Switched _, ServerMessage.Draining _ -> {}
            case ServerMessage.Token _ -> throw new IllegalArgumentException("a token for whom the whole text is");
            default -> {
                first = first == null ? message : first;
                answers.add(message);
                arrived++;
            }
        }
        if (answers.isWorthALook(comfortable)) {
            answers.coalesce();
        }
        return arrived == expected;
    }

    /** Done when there is an answer to each message. */
    CompletableFuture<Exchange> complete() {
        return complete;
    }

    synchronized ServerMessage first() {
        return told(Objects.requireNonNull(first, "complete"));
    }

    /** All that was answered is durable by now. */
    synchronized Exchange durable() {
        durable = true;
        return this;
    }

    private ServerMessage told(ServerMessage answer) {
        if (!durable) {
            return answer;
        }
        return switch (answer) {
            case ServerMessage.Forecasted(var id, var session, long seq, var _, var times, var forecast, var scored) ->
                new ServerMessage.Forecasted(id, session, seq, seq, times, forecast, scored);
            case ServerMessage.ForecastAnswered(var id, var session, long seq, var _, var times, var forecast) ->
                new ServerMessage.ForecastAnswered(id, session, seq, seq, times, forecast);
            case ServerMessage.Classified(var id, var session, long seq, var _, var labelled) ->
                new ServerMessage.Classified(id, session, seq, seq, labelled);
            case ServerMessage.ClassificationAnswered(var id, var session, long seq, var _, var labelled) ->
                new ServerMessage.ClassificationAnswered(id, session, seq, seq, labelled);
            case ServerMessage.Generated(
                    var id,
                    var session,
                    long seq,
                    var _,
                    var text,
                    var reason,
                    var counts,
                    long seed) -> new ServerMessage.Generated(id, session, seq, seq, text, reason, counts, seed);
            case ServerMessage.Acked(var id, var session, long seq, var _) ->
                new ServerMessage.Acked(id, session, seq, seq);
            default -> answer;
        };
    }

    /** The first answer as JSON, with the warnings that came with it. */
    synchronized String firstAsJson(MessageEncoder encoder) {
        String answer = encoder.encode(first()).toString();
        return warnings.isEmpty()
                ? answer
                : answer.substring(0, answer.length() - 1) + "," + array("warnings", texts(warnings, encoder)) + "}";
    }

    /** All answers as JSON, with the warnings; told once. */
    synchronized String allAsJson(MessageEncoder encoder) {
        List<String> texts = new ArrayList<>();
        while (!answers.isEmpty()) {
            ServerMessage next = answers.remove();
            if (next instanceof ServerMessage.Warning) {
                warnings.add(next);
            } else {
                texts.add(encoder.encode(told(next)).toString());
            }
        }
        return "{" + array("answers", texts) + "," + array("warnings", texts(warnings, encoder)) + "}";
    }

    private static List<String> texts(List<ServerMessage> messages, MessageEncoder encoder) {
        return messages.stream().map(encoder::encode).map(JsonText::toString).toList();
    }

    private static String array(String name, List<String> texts) {
        return "\"" + name + "\":[" + String.join(",", texts) + "]";
    }
}
