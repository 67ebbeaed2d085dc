package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import org.jspecify.annotations.Nullable;

/** Who may vouch for a server. */
final class TrustFile {
    private TrustFile() {}

    /** For the certificates of a PEM file and nobody else; without one for those that Java trusts. */
    static SSLContext context(Optional<Path> pem) throws MailTroubleException {
        try {
            TrustManager @Nullable [] trusted = pem.isPresent() ? only(pem.get()) : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new MailTroubleException(
                    Kind.TLS,
                    "is not asked: no certificates can be read from the trust file "
                            + pem.map(Path::toString).orElse(""),
                    e);
        }
    }

    private static TrustManager[] only(Path pem) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                anchors.setCertificateEntry("a" + anchors.size(), certificate);
            }
        }
        if (anchors.size() == 0) {
            throw new GeneralSecurityException("no certificate");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory.getTrustManagers();
    }
}
