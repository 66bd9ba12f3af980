/**
 * Caching of return values on methods that are no resource methods. Start reading at {@link dev.larder.method.ValueCache}.
 */
@NullMarked
package dev.larder.method;

import org.jspecify.annotations.NullMarked;
