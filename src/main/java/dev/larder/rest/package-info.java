/**
 * <b>Internal.</b> The Jakarta REST border: captures requests, serves stored responses and records responses.
 * Start reading at {@link dev.larder.rest.CaptureFilter}.
 */
@NullMarked
package dev.larder.rest;

import org.jspecify.annotations.NullMarked;
