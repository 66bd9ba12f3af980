package dev.larder.scenario;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Lets the server find the resources. */
@ApplicationPath("api")
public class ScanningApplication extends Application {}
