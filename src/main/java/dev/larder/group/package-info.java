/**
 * <b>Internal.</b> Groups of entries that are invalidated together by one write, such as all responses of a URI. Start reading at
 * {@link dev.larder.group.Group}.
 */
@NullMarked
package dev.larder.group;

import org.jspecify.annotations.NullMarked;
