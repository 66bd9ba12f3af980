package dev.larder.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** SHA-256 as text that can be part of a field or of a key. */
final class Sha256 {

    /** The length of a hash in bytes. */
    static final int LENGTH = 32;

    private Sha256() {}

    /** The first {@code length} bytes of the hash, in base64url without padding. */
    static String base64Url(byte[] bytes, int length) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, length));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
