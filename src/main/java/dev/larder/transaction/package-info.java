/** <b>Internal.</b> Reports how the current JTA transaction ends: {@link dev.larder.transaction.CurrentTransaction}. */
@NullMarked
package dev.larder.transaction;

import org.jspecify.annotations.NullMarked;
