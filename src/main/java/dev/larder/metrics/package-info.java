/**
 * <b>Internal.</b> Reports the counts of a deployment to the metrics of the server. Start reading at
 * {@link dev.larder.metrics.Metrics}. Each API has one class of its own, which is loaded only where the API is present.
 */
@NullMarked
package dev.larder.metrics;

import org.jspecify.annotations.NullMarked;
