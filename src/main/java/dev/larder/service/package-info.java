/**
 * {@link dev.larder.ICacheService} over named backends, and the one place that decides what a failing backend means. Start reading at {@link dev.larder.service.CacheService}.
 */
@NullMarked
package dev.larder.service;

import org.jspecify.annotations.NullMarked;
