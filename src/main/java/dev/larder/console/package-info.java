/**
 * <b>Internal.</b> The console: a page, its JSON, and two changes, for callers in one role. Start reading at
 * {@link dev.larder.console.ConsoleServlet}.
 */
@NullMarked
package dev.larder.console;

import org.jspecify.annotations.NullMarked;
