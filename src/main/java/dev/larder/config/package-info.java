/**
 * MicroProfile Config to backend settings. Start reading at {@link dev.larder.config.CachesReader}.
 */
@NullMarked
package dev.larder.config;

import org.jspecify.annotations.NullMarked;
