package dev.larder.bench.http;

/** What one kind of request reached in one slice of the run. */
record Slice(double requestsPerSecond, double cpuMicrosPerRequest) {}
