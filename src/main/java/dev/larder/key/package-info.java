/**
 * From a key of the application to the text a store keeps it under: {@link dev.larder.key.KeyLayout}. The layout is a
 * published contract, pinned by golden files.
 */
@NullMarked
package dev.larder.key;

import org.jspecify.annotations.NullMarked;
