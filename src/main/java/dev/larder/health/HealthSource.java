package dev.larder.health;

import dev.larder.statistics.BackendStatistics;
import java.util.List;

/** What the check shows: the backends of an application, and of each of its modules. */
@FunctionalInterface
public interface HealthSource {

    /** The backends now; empty before the deployment is validated. */
    List<BackendStatistics> backends();
}
