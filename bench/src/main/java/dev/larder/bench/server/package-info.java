/** A WildFly of one's own on free ports, and the web archives for it. Start reading at {@link dev.larder.bench.server.WildFly}. */
package dev.larder.bench.server;
