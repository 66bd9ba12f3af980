package dev.larder.http;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalLong;

/**
 * Dates in the three formats of RFC 9110 §5.6.7: IMF-fixdate, RFC 850 and asctime; GMT only. Names are matched without
 * regard to case, as RFC 9111 §4.2 demands of a cache.
 */
final class HttpDate {

    private static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    private HttpDate() {}

    /**
     * The seconds of the epoch; empty if the text is no date.
     *
     * @param nowMillis decides the century of a two-digit year: the latest such year that is at most 50 years ahead
     */
    static OptionalLong seconds(String text, long nowMillis) {
        String date = lowerCase(Syntax.trimmed(text));
        int comma = date.indexOf(',');
        if (comma == 3 && date.length() == 29 && date.endsWith(" gmt") && isDay(date.substring(0, 3), true)) {
            return fixdate(date);
        }
        if (comma > 3
                && date.length() == comma + 24
                && date.endsWith(" gmt")
                && isDay(date.substring(0, comma), false)) {
            return rfc850(date.substring(comma + 1), nowMillis);
        }
        if (comma < 0 && date.length() == 24 && isDay(date.substring(0, 3), true)) {
            return asctime(date);
        }
        return OptionalLong.empty();
    }

    /** Lower case of ASCII text only: some other letters have a lower case in ASCII, or a longer one. */
    private static String lowerCase(String text) {
        return text.chars().allMatch(each -> each < 128) ? Fields.lowerCase(text) : text;
    }

    /** The date of a field that must have one line only; empty if it has none, several, or no date. */
    static OptionalLong seconds(Fields fields, String name, long nowMillis) {
        String text = fields.first(name);
        return text == null || fields.lines(name).size() > 1 ? OptionalLong.empty() : seconds(text, nowMillis);
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    private static OptionalLong fixdate(String date) {
        boolean spaced = isAt(date, ' ', 4, 7, 11, 16);
        int year = number(date, 12, 16);
        return spaced ? seconds(year, month(date, 8), number(date, 5, 7), date, 17) : OptionalLong.empty();
    }

    /** {@code 06-Nov-94 08:49:37 GMT} after the comma's space. */
    private static OptionalLong rfc850(String date, long nowMillis) {
        int shortYear = number(date, 8, 10);
        if (shortYear < 0 || !isAt(date, ' ', 0, 10) || !isAt(date, '-', 3, 7)) {
            return OptionalLong.empty();
        }
        int latest = LocalDate.ofEpochDay(Math.floorDiv(nowMillis, 86_400_000L)).getYear() + 50;
        int year = latest - Math.floorMod(latest - shortYear, 100);
        return seconds(year, month(date, 4), number(date, 1, 3), date, 11);
    }

    /** {@code Sun Nov  6 08:49:37 1994}. */
    private static OptionalLong asctime(String date) {
        boolean spaced = isAt(date, ' ', 3, 7, 10, 19);
        int day = number(date, date.charAt(8) == ' ' ? 9 : 8, 10);
        return spaced ? seconds(number(date, 20, 24), month(date, 4), day, date, 11) : OptionalLong.empty();
    }

    private static OptionalLong seconds(int year, int month, int day, String date, int timeAt) {
        int hour = number(date, timeAt, timeAt + 2);
        int minute = number(date, timeAt + 3, timeAt + 5);
        int second = number(date, timeAt + 6, timeAt + 8);
        boolean time = isAt(date, ':', timeAt + 2, timeAt + 5)
                && isWithin(hour, 0, 23)
                && isWithin(minute, 0, 59)
                && isWithin(second, 0, 60); // a leap second
        if (!time
                || year < 0
                || month < 1
                || !isWithin(day, 1, YearMonth.of(year, month).lengthOfMonth())) {
            return OptionalLong.empty();
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return OptionalLong.of(((days * 24 + hour) * 60 + minute) * 60 + second);
    }

    private static boolean isDay(String name, boolean abbreviated) {
        for (String day : DAYS) {
            if (abbreviated ? day.startsWith(name) : day.equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(String text, char expected, int... indexes) {
        for (int index : indexes) {
            if (text.charAt(index) != expected) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(int number, int least, int most) {
        return number >= least && number <= most;
    }

    /** From 1; 0 if there is no month's name. */
    private static int month(String text, int at) {
        int index = MONTHS.indexOf(text.substring(at, at + 3));
        return index >= 0 && index % 3 == 0 ? index / 3 + 1 : 0;
    }

    private static int number(String text, int from, int to) {
        return (int) Syntax.number(text.substring(from, to), 9_999);
    }
}
