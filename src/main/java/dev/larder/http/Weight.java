package dev.larder.http;

/** The weight of a preference (RFC 9110 §12.4.2). */
final class Weight {

    /** The weight of a preference without one. */
    static final int MAX_THOUSANDTHS = 1_000;

    private Weight() {}

    /** The weight in thousandths; -1 if the text is none: 0 or 1 and at most three decimals, at most 1. */
    static int thousandths(String text) {
        boolean wellFormed = !text.isEmpty()
                && text.length() <= 5
                && (text.charAt(0) == '0' || text.charAt(0) == '1')
                && (text.length() == 1 || text.charAt(1) == '.');
        if (!wellFormed) {
            return -1;
        }
        String decimals = text.length() < 2 ? "" : text.substring(2);
        int number = (int) Syntax.number(text.charAt(0) + decimals + "0".repeat(3 - decimals.length()), 9_999);
        return number > MAX_THOUSANDTHS ? -1 : number;
    }
}
