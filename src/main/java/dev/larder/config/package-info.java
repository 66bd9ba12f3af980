/**
 * <b>Internal.</b> Reads the settings of backends from MicroProfile Config. Start reading at {@link dev.larder.config.CachesReader}.
 */
@NullMarked
package dev.larder.config;

import org.jspecify.annotations.NullMarked;
