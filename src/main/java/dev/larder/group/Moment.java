package dev.larder.group;

/**
 * When a call began. It determines which invalidations came after that.
 *
 * @param millis the time by the clock of this process
 * @param last the last generation that this process had drawn for the backend
 */
public record Moment(long millis, long last) {}
