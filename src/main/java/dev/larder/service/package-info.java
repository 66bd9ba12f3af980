/**
 * {@link dev.larder.ICacheService} over named backends, and the only place that decides the effect of a failing backend. Start reading at {@link dev.larder.service.CacheService}.
 */
@NullMarked
package dev.larder.service;

import org.jspecify.annotations.NullMarked;
