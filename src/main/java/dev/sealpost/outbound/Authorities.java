package dev.sealpost.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.vertx.core.net.TrustOptions;
import org.jspecify.annotations.Nullable;

/** The authorities that Java trusts, and more. */
final class Authorities {
    private Authorities() {}

    /**
     * The usual ones and those of a file.
     *
     * @throws IllegalArgumentException if the file has no certificates
     */
    static TrustOptions with(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate usual : manager(null).getAcceptedIssuers()) {
                all.setCertificateEntry("usual-" + number++, usual);
            }
            for (Certificate more : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                all.setCertificateEntry("more-" + number++, more);
            }
            return TrustOptions.wrap(manager(all));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "sealpost.outbound.trust: " + file + " must be a PEM file of certificates: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trusted) {
                return trusted;
            }
        }
        throw new IllegalStateException("this Java trusts nobody");
    }
}
