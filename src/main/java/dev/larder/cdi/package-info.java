/**
 * The composition root: extension, interceptor, features. Used by nobody. Start reading at {@link dev.larder.cdi.LarderExtension}.
 */
@NullMarked
package dev.larder.cdi;

import org.jspecify.annotations.NullMarked;
