/**
 * <b>Internal.</b> How a method is cached: annotation and configuration, merged and validated. Start reading at {@link dev.larder.policy.CachePolicy}.
 */
@NullMarked
package dev.larder.policy;

import org.jspecify.annotations.NullMarked;
