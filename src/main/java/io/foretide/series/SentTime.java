package io.foretide.series;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as it was spelled, before its zone is known: a local time, maybe an offset, and the style.
 *
 * <p>Packs into a {@code long}, so that a column of times costs no more than a column of numbers: 50 bits of
 * milliseconds of the local time, 2 of the style, 12 of the offset in minutes.
 */
public record SentTime(LocalDateTime local, @Nullable ZoneOffset offset, TimeStyle style) {
    /** What a client is told that sent something else. */
    public static final String ADVICE =
            "Send ISO-8601, such as 1949-01, 1949-01-01, 1949-01-01T00:00:00 or 1949-01-01T00:00:00Z.";

    private static final Pattern FORM =
            Pattern.compile("(\\d{4})-(\\d\\d)(?:-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,3})0*)?)?"
                    + "(Z|([+-])(\\d\\d)(?::?(\\d\\d))?)?)?)?");

    private static final int STYLE_BITS = 2;
    private static final int OFFSET_BITS = 12;
    private static final int OFFSET_BIAS = 1 << (OFFSET_BITS - 1);
    private static final TimeStyle[] STYLES = TimeStyle.values();

    /** Reads {@code 1949-01}, {@code 1949-01-01}, and with {@code T00:00}, {@code 00:00:00}, {@code Z} or an offset. */
    public static Optional<SentTime> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || text.startsWith("0000")) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(form));
        } catch (DateTimeException notOnTheCalendar) {
            return Optional.empty();
        }
    }

    private static SentTime read(Matcher form) {
        int day = form.group(3) == null ? 1 : number(form, 3);
        LocalDate date = LocalDate.of(number(form, 1), number(form, 2), day);
        if (form.group(4) == null) {
            return new SentTime(date.atStartOfDay(), null, form.group(3) == null ? TimeStyle.MONTH : TimeStyle.DATE);
        }
        LocalTime time = LocalTime.of(number(form, 4), number(form, 5), number(form, 6), nanos(form.group(7)));
        ZoneOffset offset = offset(form);
        return new SentTime(date.atTime(time), offset, offset == null ? TimeStyle.LOCAL : TimeStyle.OFFSET);
    }

    private static @Nullable ZoneOffset offset(Matcher form) {
        if (form.group(8) == null) {
            return null;
        }
        if (form.group(8).equals("Z")) {
            return ZoneOffset.UTC;
        }
        int sign = form.group(9).equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * number(form, 10), sign * number(form, 11));
    }

    private static int number(Matcher form, int group) {
        return form.group(group) == null ? 0 : Integer.parseInt(form.group(group));
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3)) * 1_000_000;
    }

    long pack() {
        long millis = local.toInstant(ZoneOffset.UTC).toEpochMilli();
        int minutes = offset == null ? 0 : offset.getTotalSeconds() / 60;
        return ((millis << STYLE_BITS | style.ordinal()) << OFFSET_BITS) | (minutes + OFFSET_BIAS);
    }

    /** As it may be sent again. */
    public String label() {
        return style.format(local.atZone(offset == null ? ZoneOffset.UTC : offset));
    }

    static SentTime unpack(long packed) {
        TimeStyle style = STYLES[(int) (packed >> OFFSET_BITS) & ((1 << STYLE_BITS) - 1)];
        long millis = packed >> (OFFSET_BITS + STYLE_BITS);
        int minutes = (int) (packed & ((1 << OFFSET_BITS) - 1)) - OFFSET_BIAS;
        LocalDateTime local = LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
        ZoneOffset offset = style == TimeStyle.OFFSET ? ZoneOffset.ofTotalSeconds(minutes * 60) : null;
        return new SentTime(local, offset, style);
    }

    /**
     * The same for a time that follows another: of an hour that comes twice the second, where only that is later. So a
     * series of local times passes the night in which clocks go back.
     */
    public OptionalLong toEpochMilliAfter(long before, ZoneId zone) {
        OptionalLong first = toEpochMilli(zone);
        if (style != TimeStyle.LOCAL || first.isEmpty() || first.getAsLong() > before) {
            return first;
        }
        ZonedDateTime second = ZonedDateTime.ofLocal(local, zone, null).withLaterOffsetAtOverlap();
        long later = second.toInstant().toEpochMilli();
        return later >= before ? OptionalLong.of(later) : first;
    }

    /**
     * The milliseconds of the instant that is meant in a zone: empty in an hour that its clocks skip, the first of an
     * hour that comes twice. A date means the start of its day.
     */
    public OptionalLong toEpochMilli(ZoneId zone) {
        if (offset != null) {
            return OptionalLong.of(local.toInstant(offset).toEpochMilli());
        }
        if (zone.equals(ZoneOffset.UTC)) {
            return OptionalLong.of(local.toInstant(ZoneOffset.UTC).toEpochMilli());
        }
        ZonedDateTime time = ZonedDateTime.ofLocal(local, zone, null);
        boolean skipped = style == TimeStyle.LOCAL && !time.toLocalDateTime().equals(local);
        return skipped ? OptionalLong.empty() : OptionalLong.of(time.toInstant().toEpochMilli());
    }
}
