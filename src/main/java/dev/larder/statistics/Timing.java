package dev.larder.statistics;

/**
 * How often an operation was measured, and its total duration.
 *
 * @param nanos nanoseconds
 */
public record Timing(long count, long nanos) {

    static final Timing ZERO = new Timing(0, 0);

    /** The mean in nanoseconds; 0 if nothing was measured. */
    public double averageNanos() {
        return count == 0 ? 0 : (double) nanos / count;
    }

    Timing since(Timing earlier) {
        return new Timing(count - earlier.count, nanos - earlier.nanos);
    }
}
