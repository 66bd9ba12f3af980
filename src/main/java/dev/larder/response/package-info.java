/**
 * Serves a response from the cache, or lets the origin run and keeps what it wrote. Start reading at {@link dev.larder.response.ResponseCache}.
 */
@NullMarked
package dev.larder.response;

import org.jspecify.annotations.NullMarked;
