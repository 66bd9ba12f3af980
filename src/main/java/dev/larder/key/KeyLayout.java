package dev.larder.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.CacheValueException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Creates the text under which a store keeps a key, {@code <prefix>:<version>:<key>}, for one prefix, version and kind of
 * store.
 *
 * <p>Two different (prefix, version, key) never get the same text. Prefix and version are percent-encoded where they
 * hold {@code %}, {@code :}, a control character or an unpaired surrogate. The key is written as it is if the store
 * accepts it. Otherwise, and if it begins with {@code #}, it is written as {@code #} and the SHA-256 of its UTF-8 in
 * base64url. If not even the hash fits behind prefix and version, a hash of all three is the whole text, without any
 * {@code :}.
 *
 * <p>Persisted, and a published contract: a change needs a new number of the layout. Immutable and thread-safe.
 */
public final class KeyLayout {

    private static final int HASH_CHARS = 44;

    private final String head;
    private final int room;
    private final boolean asciiKeys;
    private final boolean verbatim;

    /**
     * Creates the layout of a store's keys.
     *
     * @param maxKeyBytes the longest text that the store accepts, in bytes; {@link Integer#MAX_VALUE} without
     *     {@code asciiKeys} means a store that accepts any string, and nothing is hashed
     * @param asciiKeys whether the store accepts only printable ASCII without spaces
     */
    public KeyLayout(String prefix, String version, int maxKeyBytes, boolean asciiKeys) {
        this(maxKeyBytes, asciiKeys, PercentEncoding.of(prefix, asciiKeys), PercentEncoding.of(version, asciiKeys));
    }

    private KeyLayout(int maxKeyBytes, boolean asciiKeys, String prefix, String version) {
        this.head = prefix + ':' + version + ':';
        this.verbatim = maxKeyBytes == Integer.MAX_VALUE && !asciiKeys;
        this.room = maxKeyBytes - head.getBytes(UTF_8).length;
        this.asciiKeys = asciiKeys;
    }

    /**
     * The layout of the keys of generations under a prefix, whatever the version: {@code <prefix>:%<kind>:<name>}. No
     * version is written like that.
     *
     * @param kind no two hexadecimal digits
     */
    public static KeyLayout ofGenerations(String prefix, String kind, int maxKeyBytes, boolean asciiKeys) {
        return new KeyLayout(maxKeyBytes, asciiKeys, PercentEncoding.of(prefix, asciiKeys), '%' + kind);
    }

    /**
     * The text for one key. The empty key is legal.
     *
     * @throws CacheValueException if the key has an unpaired surrogate
     */
    public StoreKey of(String key) {
        String problem = UnpairedSurrogate.in(key);
        if (problem != null) {
            throw new CacheValueException(
                    "key '" + StoreKey.shown(key) + "': it has " + problem + ", which is no Unicode");
        }
        if (verbatim || fits(key)) {
            return new StoreKey(head.concat(key), null);
        }
        if (room >= HASH_CHARS) {
            return new StoreKey(head.concat(hash(key)), key);
        }
        String whole = head.concat(key);
        return new StoreKey(hash(whole), whole);
    }

    private boolean fits(String key) {
        int length = key.length();
        if (length > room || (length > 0 && key.charAt(0) == '#')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (asciiKeys ? c <= ' ' || c >= 0x7F : c >= 0x80) {
                return !asciiKeys && fitsAsUtf8(key, i);
            }
        }
        return true;
    }

    private boolean fitsAsUtf8(String key, int from) {
        int bytes = from;
        for (int i = from; i < key.length(); i++) {
            char c = key.charAt(i);
            // a surrogate is half of four bytes
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            if (bytes > room) {
                return false;
            }
        }
        return true;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return '#' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one has not", e);
        }
    }
}
