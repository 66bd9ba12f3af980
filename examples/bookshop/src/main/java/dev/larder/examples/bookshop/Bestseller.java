package dev.larder.examples.bookshop;

/** A book and how often it was sold. */
public record Bestseller(int id, String title, String author, int sold) {}
