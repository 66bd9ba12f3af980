package dev.larder.policy;

import dev.larder.reflect.Hierarchy;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Checks the configuration keys that name a class or method. If the class or method has the annotation, an unknown
 * member is a problem. If not, the key is a problem in the application's own files; elsewhere, it may be for another
 * application.
 */
final class TargetedKeys {

    private static final System.Logger LOG = System.getLogger("dev.larder.policy");
    private static final String START = "cache.\"";
    private static final String START_OF_VARIABLE = "CACHE__";

    private final PropertySource properties;
    private final Set<String> targets;
    private final List<String> members;
    private final Predicate<AnnotatedElement> annotated;
    private final Problems problems;
    private final Set<String> ofOthers = new TreeSet<>();

    /**
     * Prepares the check of a deployment.
     *
     * @param targets the annotated classes, and their annotated methods as {@code class/method}
     * @param members the keys that a class or method may have
     * @param annotated whether any other class or method has the annotation
     */
    TargetedKeys(
            PropertySource properties,
            Set<String> targets,
            List<String> members,
            Predicate<AnnotatedElement> annotated,
            Problems problems) {
        this.properties = properties;
        this.targets = targets;
        this.members = members;
        this.annotated = annotated;
        this.problems = problems;
    }

    /** Whether any key names a class or method. */
    static boolean areIn(PropertySource properties) {
        return properties.names().stream()
                .anyMatch(name -> name.startsWith(START) || name.startsWith(START_OF_VARIABLE));
    }

    void check() {
        Set<String> names = properties.names();
        Set<String> own = properties.own();
        for (String name : names) {
            // skips a name that MicroProfile Config derives from an environment variable: the variable itself is read
            if (name.startsWith(START)
                    && name.indexOf("\".", START.length()) >= 0
                    && (own.contains(name) || !names.contains(PropertySource.environmentForm(name)))) {
                checkProperty(name, own.contains(name));
            } else if (name.startsWith(START_OF_VARIABLE)) {
                checkVariable(name);
            }
        }
        if (!ofOthers.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "The configuration keys {0} are for classes or methods that this deployment does not cache. They"
                            + " are not in the application''s own files, so they may be for another application",
                    String.join(", ", ofOthers));
        }
    }

    private void checkProperty(String name, boolean own) {
        int end = name.indexOf("\".", START.length());
        String target = name.substring(START.length(), end);
        if (targets.contains(target) || isAnnotated(target)) {
            checkMember(name, name.substring(end + 2), members);
        } else if (own) {
            problems.add("The configuration key " + name + valueOf(name) + " is for '" + target
                    + "', which has no @Cache. Expected is the name of an annotated class, or class/method"
                    + Problems.nearest(target, targets));
        } else {
            ofOthers.add(name);
        }
    }

    /** Checks an environment variable. It may also be for a class that is no bean, whose name it does not contain. */
    private void checkVariable(String variable) {
        for (String target : targets) {
            String start = PropertySource.environmentForm(START + target + "\".");
            if (variable.startsWith(start) && variable.indexOf("__", start.length()) < 0) {
                checkMember(
                        variable,
                        variable.substring(start.length()),
                        members.stream().map(PropertySource::environmentForm).toList());
                return;
            }
        }
        ofOthers.add(variable);
    }

    private void checkMember(String name, String member, List<String> allowed) {
        if (!allowed.contains(member)) {
            problems.add("The configuration key " + name + valueOf(name) + " is unknown: '" + member + "' is none of "
                    + String.join(", ", allowed) + Problems.nearest(member, allowed));
        }
    }

    private String valueOf(String name) {
        String value = problems.check("The configuration key " + name + " ", () -> properties.value(name));
        return value == null ? "" : " (= '" + value + "')";
    }

    private boolean isAnnotated(String target) {
        int slash = target.indexOf('/');
        String className = slash < 0 ? target : target.substring(0, slash);
        try {
            Class<?> type =
                    Class.forName(className, false, Thread.currentThread().getContextClassLoader());
            boolean ofType = annotated.test(type);
            if (slash < 0 && ofType) {
                return true;
            }
            for (Class<?> each : Hierarchy.classes(type)) {
                for (Method method : each.getDeclaredMethods()) {
                    boolean named = slash < 0 || method.getName().equals(target.substring(slash + 1));
                    if (named && (ofType || annotated.test(method))) {
                        return true;
                    }
                }
            }
            return false;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
