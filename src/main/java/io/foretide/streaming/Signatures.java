package io.foretide.streaming;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Signs what clients keep and bring back, by HMAC-SHA256: tokens, which name a session, and sealed bytes. What is not signed with
 * the same key is nothing. Any thread.
 */
@Component
final class Signatures {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("([1-9][0-9]{0,18})\\.([A-Za-z0-9_-]{43})");

    private final SecretKeySpec key;

    /** What is signed, so that one is never taken for the other. */
    private enum Purpose {
        TOKEN,
        SEALED
    }

    @Autowired
    Signatures(SigningProperties properties, JdbcClient database) {
        this(SigningKey.of(properties, database));
    }

    Signatures(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Whoever has it may go on with the session: its number, a dot, and the signature in base64url. */
    String tokenOf(long session) {
        return session + "." + encoded(sign(Purpose.TOKEN, bytesOf(session)));
    }

    /** The number of the session that a token names; empty where it is forged, or no token. */
    OptionalLong sessionOf(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        try {
            long session = Long.parseLong(parts.group(1));
            byte[] signature = Base64.getUrlDecoder().decode(parts.group(2));
            boolean genuine = MessageDigest.isEqual(sign(Purpose.TOKEN, bytesOf(session)), signature);
            return genuine ? OptionalLong.of(session) : OptionalLong.empty();
        } catch (IllegalArgumentException _) {
            return OptionalLong.empty(); // beyond a long, or bits left over
        }
    }

    /** Bytes with their signature, in base64url. Not secret, but nobody else can make or change them. */
    String seal(byte[] content) {
        byte[] sealed = Arrays.copyOf(content, content.length + SIGNATURE_BYTES);
        System.arraycopy(sign(Purpose.SEALED, content), 0, sealed, content.length, SIGNATURE_BYTES);
        return encoded(sealed);
    }

    /** The bytes that were sealed; empty where they are forged, changed, or none. */
    Optional<byte[]> unseal(String text) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        int length = sealed.length - SIGNATURE_BYTES;
        if (length < 0) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(sealed, length);
        byte[] signature = Arrays.copyOfRange(sealed, length, sealed.length);
        return MessageDigest.isEqual(sign(Purpose.SEALED, content), signature)
                ? Optional.of(content)
                : Optional.empty();
    }

    private static byte[] bytesOf(long session) {
        return Long.toString(session).getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] sign(Purpose purpose, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((byte) purpose.ordinal());
            return mac.doFinal(content);
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
