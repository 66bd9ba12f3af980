/** What a cached response costs over HTTP. Start reading at {@link dev.larder.bench.http.HttpTable}. */
package dev.larder.bench.http;
