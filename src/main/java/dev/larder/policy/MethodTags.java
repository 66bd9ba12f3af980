package dev.larder.policy;

import dev.larder.Cache;
import dev.larder.CacheValueException;
import dev.larder.key.UnpairedSurrogate;
import dev.larder.policy.TagTemplate.TagCall;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tags of one method, of its {@code @Cache} or its {@code @CacheInvalidate}. Thread-safe. */
public final class MethodTags {

    /** No tags. */
    public static final MethodTags NONE = new MethodTags("", "", List.of());

    private static final System.Logger LOG = System.getLogger("dev.larder.policy");

    private final String who;
    private final String consequence;
    private final List<TagTemplate> templates;
    private final @Nullable Set<String> constant;
    private final boolean readsArguments;
    private final AtomicBoolean reported = new AtomicBoolean();

    private MethodTags(String who, String consequence, List<TagTemplate> templates) {
        this.who = who;
        this.consequence = consequence;
        this.templates = templates;
        this.constant = constant(templates);
        this.readsArguments = templates.stream().anyMatch(TagTemplate::readsArguments);
    }

    private static @Nullable Set<String> constant(List<TagTemplate> templates) {
        Set<String> tags = new LinkedHashSet<>();
        for (TagTemplate template : templates) {
            String tag = template.constant();
            if (tag == null || UnpairedSurrogate.in(tag) != null) {
                return null;
            }
            tags.add(tag);
        }
        return Set.copyOf(tags);
    }

    /** The tags of what a method caches, at most {@link Cache#MAX_TAGS}. Problems are reported. */
    static MethodTags cached(
            String who,
            Class<?> beanClass,
            Method method,
            List<String> tags,
            DeclaredParameters declared,
            Problems problems) {
        Set<String> distinct = new LinkedHashSet<>(tags);
        if (distinct.size() > Cache.MAX_TAGS) {
            problems.add(who + " has " + distinct.size() + " tags, but an entry has at most " + Cache.MAX_TAGS
                    + ". Remove some, or let several entries share one");
            return NONE;
        }
        return of(who, "such calls run uncached", new TagNames(beanClass, method, declared), distinct, problems);
    }

    /** The tags that a method invalidates with {@code @CacheInvalidate}. Problems are reported. */
    public static MethodTags invalidated(
            Class<?> beanClass, Method method, String[] tags, DeclaredParameters declared, Problems problems) {
        String who = "@CacheInvalidate on " + beanClass.getName() + "." + method.getName();
        if (tags.length == 0) {
            problems.add(who + " has no tags, so it invalidates nothing. Name a tag, or remove the annotation");
        }
        return of(
                who,
                "such calls invalidate nothing",
                new TagNames(beanClass, method, declared),
                new LinkedHashSet<>(List.of(tags)),
                problems);
    }

    private static MethodTags of(String who, String consequence, TagNames names, Set<String> tags, Problems problems) {
        List<TagTemplate> templates = new ArrayList<>();
        for (String tag : tags) {
            TagTemplate template = problems.check(who + ": the tag '" + tag + "' ", () -> TagTemplate.of(tag, names));
            if (template != null) {
                templates.add(template);
            }
        }
        return templates.isEmpty() ? NONE : new MethodTags(who, consequence, List.copyOf(templates));
    }

    /** Whether there are no tags. */
    public boolean isEmpty() {
        return templates.isEmpty();
    }

    /** The tags, if they are the same for every call and can be evaluated; else null. */
    public @Nullable Set<String> constant() {
        return constant;
    }

    /** Whether the tags depend on the arguments, so that they cannot be evaluated before the method is called. */
    public boolean readsArguments() {
        return readsArguments;
    }

    /**
     * The tags of a call; null if a member that a placeholder names threw, or a tag has an
     * unpaired surrogate, which is logged once. Several placeholders may
     * yield the same tag.
     *
     * @param arguments as the method gets them; not used unless {@link #readsArguments}
     * @param pathParameters the decoded parameters of the path; empty if the method is no resource method
     * @param queryParameters the decoded parameters of the query; empty if the method is no resource method
     */
    public @Nullable Set<String> of(
            @Nullable Object[] arguments,
            Map<String, ? extends List<String>> pathParameters,
            Map<String, ? extends List<String>> queryParameters) {
        return of(Arrays.asList(arguments), pathParameters, queryParameters);
    }

    /** The same for arguments that may throw when they are read. */
    public @Nullable Set<String> of(
            List<@Nullable Object> arguments,
            Map<String, ? extends List<String>> pathParameters,
            Map<String, ? extends List<String>> queryParameters) {
        return evaluated(() -> arguments, pathParameters, queryParameters);
    }

    /** The same, given the source of the arguments, which is not called unless {@link #readsArguments}. */
    public @Nullable Set<String> of(
            Supplier<@Nullable Object[]> arguments,
            Map<String, ? extends List<String>> pathParameters,
            Map<String, ? extends List<String>> queryParameters) {
        return evaluated(() -> Arrays.asList(arguments.get()), pathParameters, queryParameters);
    }

    private @Nullable Set<String> evaluated(
            Supplier<List<@Nullable Object>> arguments,
            Map<String, ? extends List<String>> pathParameters,
            Map<String, ? extends List<String>> queryParameters) {
        if (constant != null) {
            return constant;
        }
        Set<String> tags = new LinkedHashSet<>();
        try {
            List<@Nullable Object> given = readsArguments ? arguments.get() : List.of();
            TagCall call = new TagCall(given, pathParameters, queryParameters);
            for (TagTemplate template : templates) {
                String tag = template.of(call);
                String problem = UnpairedSurrogate.in(tag);
                if (problem != null) {
                    throw new CacheValueException("A tag has " + problem + ", which is not Unicode");
                }
                tags.add(tag);
            }
            return tags;
        } catch (Throwable e) { // not even an Error of a getter may fail the call
            if (reported.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        who + ": a tag could not be evaluated: " + consequence + " (reported once)",
                        e);
            }
            return null;
        }
    }
}
