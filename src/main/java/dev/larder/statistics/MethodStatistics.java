package dev.larder.statistics;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One cached method at one moment. Immutable.
 *
 * @param name class and method as in configuration keys: {@code com.acme.Books/list}; overloads share it and are counted
 *     together
 * @param backend the name of its backend
 * @param ttl how long an entry lives; null if the response determines it
 * @param counts the counts since deployment
 */
public record MethodStatistics(
        String name, String backend, @Nullable Duration ttl, CountsSnapshot counts) {}
