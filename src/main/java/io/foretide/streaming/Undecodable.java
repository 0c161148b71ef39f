package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.reading.JsonStreams;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Text that is no message, with as much of what it is about as can be read in it. */
final class Undecodable extends Exception {
    private final transient ServerMessage.Failed answer;

    private Undecodable(ServerMessage.Failed answer) {
        super(answer.problem().detail(), answer.problem(), false, false);
        this.answer = answer;
    }

    static Undecodable of(String text, ProblemException problem) {
        String eventId = field(text, "event_id");
        boolean usable = eventId == null || eventId.length() <= ClientMessage.LONGEST_EVENT_ID;
        return new Undecodable(new ServerMessage.Failed(usable ? eventId : null, field(text, "session"), problem));
    }

    /** What the client is told. */
    ServerMessage.Failed answer() {
        return answer;
    }

    /** The text of a field of an object, as far as the object can be read; null where there is none. */
    static @Nullable String field(String text, String wanted) {
        try (JsonParser parser = JsonStreams.factory().createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                JsonToken value = parser.nextToken();
                if (name.equals(wanted)) {
                    return value == JsonToken.VALUE_STRING ? parser.getString() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
