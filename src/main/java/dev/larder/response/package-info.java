/**
 * <b>Internal.</b> Serves a response from the cache, or lets the resource method run and stores its response. Start reading at {@link dev.larder.response.ResponseCache}.
 */
@NullMarked
package dev.larder.response;

import org.jspecify.annotations.NullMarked;
