package dev.larder.scenario;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Makes its resources. */
@ApplicationPath("api")
@SuppressWarnings("deprecation")
public class MakingApplication extends Application {
    @Override
    @Deprecated
    public Set<Object> getSingletons() {
        return Set.of(new ArchivesApp.Plain(), new ArchivesApp.Mapper());
    }
}
