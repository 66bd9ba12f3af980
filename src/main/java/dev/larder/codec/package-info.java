/**
 * <b>Internal.</b> Encodes values and responses as bytes, and decodes them: start at
 * {@link dev.larder.codec.ValueCodec} and {@link dev.larder.codec.ResponseCodec}. The bytes are a published contract,
 * pinned by golden files that every newer version reads.
 *
 * <p>A whole number from 0 to 2^63-1 is its decimal digits, so that stores can count. Everything else is an
 * {@link dev.larder.codec.Envelope}. Bytes that are neither are unreadable, never an exception.
 */
@NullMarked
package dev.larder.codec;

import org.jspecify.annotations.NullMarked;
