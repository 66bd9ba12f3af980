/**
 * The Jakarta REST border: capture the request, replay a stored response, record a written one. Start reading at {@link dev.larder.rest.CaptureFilter}.
 */
@NullMarked
package dev.larder.rest;

import org.jspecify.annotations.NullMarked;
