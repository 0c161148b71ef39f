package io.foretide.series;

import static java.util.Map.entry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.reading.Quoted;
import io.foretide.series.Spacing.BusinessDays;
import io.foretide.series.Spacing.Days;
import io.foretide.series.Spacing.Months;
import io.foretide.series.Spacing.Months.Anchor;
import io.foretide.series.Spacing.Ticks;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads frequencies in both spellings, ISO-8601 and pandas aliases. */
final class FrequencySpelling {
    private static final Pattern ISO =
            Pattern.compile("P(?:(\\d{1,6})Y)?(?:(\\d{1,6})M)?(?:(\\d{1,6})W)?(?:(\\d{1,6})D)?"
                    + "(?:T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9}(?:\\.\\d{1,3})?)S)?)?");
    private static final Pattern PANDAS = Pattern.compile("(\\d{1,9})?([A-Za-z]{1,3})(-[A-Z]{3})?");
    private static final Pattern WEEKDAY = Pattern.compile("-(MON|TUE|WED|THU|FRI|SAT|SUN)");
    private static final Pattern MONTH = Pattern.compile("-(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)");

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    // A step of a century is a mistake; beyond it, sums of many steps would leave what a calendar can hold.
    private static final long MOST_DAYS = 36_525;
    private static final long MOST_MONTHS = 1_200;

    private static final Map<String, Spacing> ALIASES = Map.ofEntries(
            entry("ms", new Ticks(1)),
            entry("L", new Ticks(1)),
            entry("s", new Ticks(SECOND)),
            entry("S", new Ticks(SECOND)),
            entry("min", new Ticks(MINUTE)),
            entry("T", new Ticks(MINUTE)),
            entry("h", new Ticks(HOUR)),
            entry("H", new Ticks(HOUR)),
            entry("D", new Days(1)),
            entry("d", new Days(1)),
            entry("B", new BusinessDays(1)),
            entry("W", new Days(7)),
            entry("w", new Days(7)),
            entry("M", new Months(1, Anchor.END)),
            entry("ME", new Months(1, Anchor.END)),
            entry("MS", new Months(1, Anchor.DAY)),
            entry("Q", new Months(3, Anchor.END)),
            entry("QE", new Months(3, Anchor.END)),
            entry("QS", new Months(3, Anchor.DAY)),
            entry("Y", new Months(12, Anchor.END)),
            entry("YE", new Months(12, Anchor.END)),
            entry("YS", new Months(12, Anchor.DAY)),
            entry("A", new Months(12, Anchor.END)),
            entry("AS", new Months(12, Anchor.DAY)));

    private FrequencySpelling() {}

    static Spacing parse(String spelling) {
        Spacing spacing = spelling.startsWith("P") ? parseIso(spelling) : parsePandas(spelling);
        if (spacing == null) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    Quoted.of(spelling) + " is not a frequency. Send an ISO-8601 period such as P1M, P1D or PT30M,"
                            + " or a pandas alias such as M, D, h or 30min; its length is at most a century.");
        }
        return spacing;
    }

    private static @Nullable Spacing parseIso(String spelling) {
        Matcher iso = ISO.matcher(spelling);
        if (!iso.matches()) {
            return null;
        }
        long months = 12 * number(iso.group(1)) + number(iso.group(2));
        long days = 7 * number(iso.group(3)) + number(iso.group(4));
        long millis = HOUR * number(iso.group(5)) + MINUTE * number(iso.group(6)) + millis(iso.group(7));
        // A month and a day, or a day and an hour, are not one step of one calendar.
        if (Long.signum(months) + Long.signum(days) + Long.signum(millis) != 1) {
            return null;
        }
        if (months > 0) {
            return multiple(new Months(1, Anchor.DAY), months);
        }
        return days > 0 ? multiple(new Days(1), days) : multiple(new Ticks(1), millis);
    }

    private static @Nullable Spacing parsePandas(String spelling) {
        Matcher pandas = PANDAS.matcher(spelling);
        if (!pandas.matches()) {
            return null;
        }
        Spacing unit = ALIASES.get(pandas.group(2));
        if (unit == null || !isAnchorOf(unit, pandas.group(3))) {
            return null;
        }
        long count = pandas.group(1) == null ? 1 : number(pandas.group(1));
        return count == 0 ? null : multiple(unit, count);
    }

    // W-SUN and QS-OCT say on which days the steps lie; the start says so as well, so only the form is checked.
    private static boolean isAnchorOf(Spacing unit, @Nullable String suffix) {
        if (suffix == null) {
            return true;
        }
        return switch (unit) {
            case Days(int count) -> count == 7 && WEEKDAY.matcher(suffix).matches();
            case Months(int count, var _) -> count > 1 && MONTH.matcher(suffix).matches();
            case Ticks _, BusinessDays _ -> false;
        };
    }

    private static @Nullable Spacing multiple(Spacing unit, long times) {
        return switch (unit) {
            case Ticks(long millis) -> times > MOST_DAYS * DAY / millis ? null : new Ticks(millis * times);
            case Days(int count) -> times * count > MOST_DAYS ? null : new Days((int) (count * times));
            case BusinessDays(int count) -> times * count > MOST_DAYS ? null : new BusinessDays((int) (count * times));
            case Months(int count, Anchor anchor) ->
                times * count > MOST_MONTHS ? null : new Months((int) (count * times), anchor);
        };
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long millis(@Nullable String seconds) {
        return seconds == null ? 0 : new BigDecimal(seconds).movePointRight(3).longValueExact();
    }
}
