/**
 * <b>Internal.</b> The readiness check of MicroProfile Health. Start reading at {@link dev.larder.health.ReadinessCheck}, which is
 * loaded only where that API is present and configuration asks for it.
 */
@NullMarked
package dev.larder.health;

import org.jspecify.annotations.NullMarked;
