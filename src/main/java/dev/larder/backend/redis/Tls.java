package dev.larder.backend.redis;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The trusted certificates of connections over TLS, and the client's own. The default is Java's. */
final class Tls {

    private static final String PEM = "-----BEGIN";

    private TrustManager @Nullable [] trust;
    private KeyManager @Nullable [] keys;

    void trust(Path file, char @Nullable [] password) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = isPem(file) ? pem(file) : KeyStore.getInstance(file.toFile(), password);
        if (store.size() == 0) {
            throw new GeneralSecurityException("it holds no certificate, or needs its password to show them");
        }
        factory.init(store);
        trust = factory.getTrustManagers();
    }

    void show(Path file, char @Nullable [] password) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(file.toFile(), password), password);
        keys = factory.getKeyManagers();
    }

    SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    private static boolean isPem(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(PEM);
    }

    private static KeyStore pem(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            store.setCertificateEntry("certificate-" + number++, certificate);
        }
        return store;
    }
}
