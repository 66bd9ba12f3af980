package dev.larder.policy;

import dev.larder.policy.TagTemplate.Part;
import dev.larder.policy.TagTemplate.TagCall;
import dev.larder.reflect.ResolvedType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the placeholders in the tags of one method may name: parameters of the path, of the query and of the method. */
final class TagNames {

    private record PathParameter(String name) implements Part {
        @Override
        public @Nullable String of(TagCall call) {
            return first(call.pathParameters(), name);
        }
    }

    private record QueryParameter(String name) implements Part {
        @Override
        public @Nullable String of(TagCall call) {
            return first(call.queryParameters(), name);
        }
    }

    private record Argument(int index, TagPath path) implements Part {
        @Override
        public @Nullable Object of(TagCall call) throws Throwable {
            return path.read(call.arguments().get(index));
        }

        @Override
        public boolean readsArguments() {
            return true;
        }
    }

    private final Class<?> beanClass;
    private final Method method;
    private final DeclaredParameters declared;

    /**
     * The names of one method.
     *
     * @param beanClass the class of the bean or resource, which binds the type variables of what it inherits
     */
    TagNames(Class<?> beanClass, Method method, DeclaredParameters declared) {
        this.beanClass = beanClass;
        this.method = method;
        this.declared = declared;
    }

    private static @Nullable String first(Map<String, ? extends List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /**
     * The part that a placeholder stands for. A parameter of the path or query may have dots in its name, so the whole
     * placeholder is compared first.
     *
     * @throws IllegalArgumentException if there is none
     */
    Part resolve(String placeholder) {
        if (declared.ownPathNames().contains(placeholder)) {
            return new PathParameter(placeholder);
        }
        if (declared.ownQueryNames().contains(placeholder)) {
            return new QueryParameter(placeholder);
        }
        List<String> names = List.of(placeholder.split("\\.", -1));
        if (names.contains("")) {
            throw new IllegalArgumentException(
                    "has an empty name in {" + placeholder + "}. Name a value, or write '{{' for a brace");
        }
        int index = indexOf(names.get(0));
        if (index < 0) {
            throw unresolved(placeholder);
        }
        Type type = ResolvedType.of(method.getGenericParameterTypes()[index], beanClass);
        return new Argument(index, TagPath.of(placeholder, names, type));
    }

    private int indexOf(String name) {
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if ((parameters[i].isNamePresent() && parameters[i].getName().equals(name))
                    || Integer.toString(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private IllegalArgumentException unresolved(String placeholder) {
        Set<String> possible = new LinkedHashSet<>(declared.ownPathNames());
        possible.addAll(declared.ownQueryNames());
        Parameter[] parameters = method.getParameters();
        boolean unnamed = false;
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isNamePresent()) {
                possible.add(parameters[i].getName());
            }
            unnamed |= !parameters[i].isNamePresent();
        }
        for (int i = 0; i < parameters.length; i++) {
            possible.add(Integer.toString(i));
        }
        return new IllegalArgumentException("names {" + placeholder + "}, which the method does not have (it has "
                + (possible.isEmpty() ? "nothing to name" : "{" + String.join("}, {", possible) + "}")
                + (unnamed ? "; its parameters have names only if it is compiled with -parameters" : "")
                + "). Correct the tag, or write '{{' for a brace" + Problems.nearest(placeholder, possible));
    }
}
