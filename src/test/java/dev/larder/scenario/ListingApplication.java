package dev.larder.scenario;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Lists its resources. */
@ApplicationPath("api")
public class ListingApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                ArchivesApp.Plain.class,
                ArchivesApp.Constructed.class,
                ArchivesApp.Injected.class,
                ArchivesApp.Mapper.class);
    }
}
