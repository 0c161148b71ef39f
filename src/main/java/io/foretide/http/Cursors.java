package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** The spelling of positions in lists, so that clients do not make up their own. */
final class Cursors {
    private Cursors() {}

    static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            String position = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (position.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return position;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw unknown(e);
        }
    }

    private static ProblemException unknown(Exception cause) {
        String detail = "is not a next_cursor of this service; leave it out for the first page";
        return new ProblemException(ProblemType.INVALID_PARAMETER, "cursor " + detail + ".", cause)
                .at("cursor", detail);
    }

    /** Writes a position as a cursor. */
    static final class Encoder extends StdSerializer<String> {
        Encoder() {
            super(String.class);
        }

        @Override
        public void serialize(String position, JsonGenerator json, SerializationContext context) {
            json.writeString(encode(position));
        }
    }
}
