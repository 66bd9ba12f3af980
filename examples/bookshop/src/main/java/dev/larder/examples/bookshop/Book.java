package dev.larder.examples.bookshop;

import java.math.BigDecimal;

/** A book as the shop shows it; the price is in euro. */
public record Book(int id, String title, String author, int published, BigDecimal price) {}
