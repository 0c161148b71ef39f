package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Repr-Digest} of RFC 9530, as far as it is about SHA-256. */
final class ReprDigest {
    static final String NAME = "Repr-Digest";

    private static final Pattern SHA_256 = Pattern.compile("(?:^|[, ])sha-256=(?::([A-Za-z0-9+/]{43}=):)?");

    private ReprDigest() {}

    static String of(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }

    /** The SHA-256 in hexadecimal digits; empty where the header has none. */
    static Optional<String> sha256(@Nullable String header) {
        Matcher found = SHA_256.matcher(header == null ? "" : header);
        if (!found.find()) {
            return Optional.empty();
        }
        if (found.group(1) == null) {
            String detail = "must hold 32 bytes in Base64 between colons, such as the one of a downloaded artifact";
            throw new ProblemException(ProblemType.INVALID_PARAMETER, NAME + " " + detail + ".").at(NAME, detail);
        }
        return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(found.group(1))));
    }
}
