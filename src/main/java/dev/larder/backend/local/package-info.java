/**
 * <b>Internal.</b> The backend in the memory of the process, on Caffeine. Start at
 * {@link dev.larder.backend.local.LocalBackend}.
 */
@NullMarked
package dev.larder.backend.local;

import org.jspecify.annotations.NullMarked;
