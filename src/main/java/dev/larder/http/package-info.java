/**
 * <b>Internal.</b> The rules of HTTP caching (RFC 9110, 9111 and 9211) as pure functions over values: what may be
 * looked up, what may be stored, and how a stored response is served. No server, store or clock is used here; each
 * outcome carries its {@link dev.larder.http.Reason}. Start at {@link dev.larder.http.ReuseDecision} and
 * {@link dev.larder.http.Storability}.
 */
@NullMarked
package dev.larder.http;

import org.jspecify.annotations.NullMarked;
