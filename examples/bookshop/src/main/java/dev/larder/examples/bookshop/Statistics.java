package dev.larder.examples.bookshop;

import java.math.BigDecimal;
import java.time.Instant;

/** Figures about the whole shop, and when they were computed. */
public record Statistics(int books, int authors, BigDecimal cheapest, BigDecimal dearest, Instant computed) {}
