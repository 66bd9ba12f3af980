package dev.larder.codec;

import java.util.Arrays;
import java.util.List;

/** The codes of the published format, for the test of its page. */
public final class DocumentedKinds {

    private DocumentedKinds() {}

    /** In their order. */
    public static List<String> codes() {
        return Arrays.stream(Kind.values()).map(kind -> "" + kind.code).toList();
    }
}
