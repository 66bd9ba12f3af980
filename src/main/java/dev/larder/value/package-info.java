/**
 * <b>Internal.</b> Caches the return values of methods that are no resource methods. Start reading at {@link dev.larder.value.ValueCache}.
 */
@NullMarked
package dev.larder.value;

import org.jspecify.annotations.NullMarked;
