package dev.larder.examples.bookshop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything under {@code /api}; the server scans for resource classes, and for Larder's filters. */
@ApplicationPath("api")
public class BookshopApplication extends Application {}
