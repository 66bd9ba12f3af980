package dev.larder.examples.bookshop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything under {@code /api}; resource classes are found by scanning, and Larder with them. */
@ApplicationPath("api")
public class BookshopApplication extends Application {}
