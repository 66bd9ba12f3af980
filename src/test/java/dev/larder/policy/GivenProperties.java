package dev.larder.policy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A configuration of pairs, with the specification's mapping to environment variables; an empty value is none.
 *
 * @param ofServer the names that the server's configuration sets; names in capitals are environment variables
 */
public record GivenProperties(Map<String, String> pairs, Set<String> ofServer) implements PropertySource {

    public static GivenProperties of(String... namesAndValues) {
        return new GivenProperties(Map.of(), Set.of()).plus(namesAndValues);
    }

    public GivenProperties plus(String... namesAndValues) {
        Map<String, String> all = new LinkedHashMap<>(pairs);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new GivenProperties(all, ofServer);
    }

    /** And these, of the server. */
    public GivenProperties onServer(String... namesAndValues) {
        GivenProperties all = plus(namesAndValues);
        Set<String> names = new HashSet<>(all.pairs.keySet());
        names.removeAll(pairs.keySet());
        names.addAll(ofServer);
        return new GivenProperties(all.pairs, names);
    }

    @Override
    public Set<String> names() {
        return pairs.keySet();
    }

    @Override
    public Set<String> own() {
        Set<String> own = new HashSet<>(pairs.keySet());
        own.removeAll(ofServer);
        // variables, and what an implementation derives from them
        own.removeIf(name -> name.startsWith("CACHE") || pairs.containsKey(PropertySource.environmentForm(name)));
        return own;
    }

    @Override
    public String value(String name) {
        String replaced = name.replaceAll("[^A-Za-z0-9]", "_");
        for (String spelling : new String[] {replaced.toUpperCase(Locale.ROOT), replaced, name}) {
            String value = pairs.get(spelling);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
