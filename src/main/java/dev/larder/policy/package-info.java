/**
 * What one cached method asked for: annotation and configuration merged, validated and immutable. Start reading at {@link dev.larder.policy.CachePolicy}.
 */
@NullMarked
package dev.larder.policy;

import org.jspecify.annotations.NullMarked;
