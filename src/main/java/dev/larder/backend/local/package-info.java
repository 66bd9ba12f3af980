/**
 * The embedded backend, on Caffeine: {@link dev.larder.backend.local.LocalBackend}.
 */
@NullMarked
package dev.larder.backend.local;

import org.jspecify.annotations.NullMarked;
