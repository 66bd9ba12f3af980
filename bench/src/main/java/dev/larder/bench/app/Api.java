package dev.larder.bench.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application's resources, under {@code api}. */
@ApplicationPath("api")
public class Api extends Application {}
