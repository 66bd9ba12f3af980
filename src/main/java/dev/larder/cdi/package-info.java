/**
 * <b>Internal.</b> The composition root: the CDI extension, the interceptors and the Jakarta REST features. No package uses it. Start reading at {@link dev.larder.cdi.LarderExtension}.
 */
@NullMarked
package dev.larder.cdi;

import org.jspecify.annotations.NullMarked;
