package io.foretide.streaming;

import java.util.List;

/** What messages are called on the wire. */
final class MessageTypes {
    static final List<String> OF_CLIENTS = List.of(
            "session.open",
            "session.resume",
            "observe",
            "observe.many",
            "text",
            "forecast",
            "classify",
            "generate",
            "cancel",
            "session.fork",
            "session.rewind",
            "session.reset",
            "session.snapshot",
            "session.restore",
            "session.close",
            "ping");

    static final List<String> OF_THE_SERVICE = List.of(
            "session.opened",
            "session.resumed",
            "forecast",
            "classification",
            "token",
            "generated",
            "ack",
            "forecast.many",
            "ack.many",
            "session.forked",
            "session.rewound",
            "session.reset",
            "session.snapshot",
            "session.restored",
            "session.closed",
            "pong",
            "model.switched",
            "warning",
            "draining",
            "error");

    private MessageTypes() {}

    static String of(ClientMessage message) {
        return switch (message) {
            case ClientMessage.Open _ -> "session.open";
            case ClientMessage.Resume _ -> "session.resume";
            case ClientMessage.Observe _ -> "observe";
            case ClientMessage.ObserveMany _ -> "observe.many";
            case ClientMessage.Text _ -> "text";
            case ClientMessage.AskClassification _ -> "classify";
            case ClientMessage.Generate _ -> "generate";
            case ClientMessage.Cancel _ -> "cancel";
            case ClientMessage.AskForecast _ -> "forecast";
            case ClientMessage.Fork _ -> "session.fork";
            case ClientMessage.Rewind _ -> "session.rewind";
            case ClientMessage.Reset _ -> "session.reset";
            case ClientMessage.Snapshot _ -> "session.snapshot";
            case ClientMessage.Restore _ -> "session.restore";
            case ClientMessage.Close _ -> "session.close";
            case ClientMessage.Ping _ -> "ping";
        };
    }

    static String of(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Opened _ -> "session.opened";
            case ServerMessage.Resumed _ -> "session.resumed";
            case ServerMessage.Forecasted _, ServerMessage.ForecastAnswered _ -> "forecast";
            case ServerMessage.Classified _, ServerMessage.ClassificationAnswered _ -> "classification";
            case ServerMessage.Token _ -> "token";
            case ServerMessage.Generated _ -> "generated";
            case ServerMessage.Acked _ -> "ack";
            case ServerMessage.ForecastMany _ -> "forecast.many";
            case ServerMessage.AckMany _ -> "ack.many";
            case ServerMessage.Forked _ -> "session.forked";
            case ServerMessage.Rewound _ -> "session.rewound";
            case ServerMessage.WasReset _ -> "session.reset";
            case ServerMessage.Snapshotted _ -> "session.snapshot";
            case ServerMessage.Restored _ -> "session.restored";
            case ServerMessage.Closed _ -> "session.closed";
            case ServerMessage.Pong _ -> "pong";
            case ServerMessage.Switched _ -> "model.switched";
            case ServerMessage.Warning _ -> "warning";
            case ServerMessage.Draining _ -> "draining";
            case ServerMessage.Failed _ -> "error";
        };
    }
}
