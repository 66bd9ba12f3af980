/** What a hit on a bean method costs, by JMH. Start reading at {@link dev.larder.bench.hit.HitBenchmark}. */
package dev.larder.bench.hit;
