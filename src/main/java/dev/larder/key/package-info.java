/**
 * <b>Internal.</b> From a key of the application to the text that a store keeps it under: start at
 * {@link dev.larder.key.KeyLayout}. The layout is persisted and a published contract, pinned by golden files.
 */
@NullMarked
package dev.larder.key;

import org.jspecify.annotations.NullMarked;
