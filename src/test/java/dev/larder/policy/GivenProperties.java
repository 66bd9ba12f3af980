package dev.larder.policy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A configuration of pairs, with the specification's mapping to environment variables; an empty value is none. */
public record GivenProperties(Map<String, String> pairs) implements PropertySource {

    public static GivenProperties of(String... namesAndValues) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new GivenProperties(pairs);
    }

    @Override
    public Set<String> names() {
        return pairs.keySet();
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
