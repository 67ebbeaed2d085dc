package dev.sealpost.intake.https;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import jakarta.inject.Singleton;

import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the HTTPS port, read again whenever its files change. A pair that is not whole is not taken: the one
 * before stays. The framework's own reload replaces the server's TLS context, and connections that arrive meanwhile are
 * lost; here only what the key manager answers changes.
 */
@Singleton
@Identifier(DoorCertificate.NAME)
class DoorCertificate implements KeyStoreProvider {
    /** Of the TLS configuration. */
    static final String NAME = "door";

    private static final Logger LOG = Logger.getLogger(DoorCertificate.class);

    /** How often the files are looked at. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final TlsConfig config;
    private final Clock clock;
    private byte[] seen = new byte[0];

    DoorCertificate(TlsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Called once, before the port opens. Null if there is no certificate: then there is no port either. */
    @Override
    public @Nullable KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        if (config.certificate().isEmpty() && config.key().isEmpty()) {
            return null;
        }
        Path certificate = config.certificate().orElseThrow(() -> missing("certificate"));
        Path key = config.key().orElseThrow(() -> missing("key"));
        try {
            PemKeyCertOptions pem = read(certificate, key);
            DoorKeyManager manager = new DoorKeyManager(check(pem, vertx));
            vertx.setPeriodic(
                    PERIOD.toMillis(),
                    tick -> vertx.executeBlocking(() -> {
                        reload(certificate, key, manager, vertx);
                        return null;
                    }));
            return new KeyStoreAndKeyCertOptions(pem.loadKeyStore(vertx), KeyCertOptions.wrap(manager));
        } catch (Exception unusable) {
            throw new IllegalArgumentException(
                    "sealpost.tls.certificate: " + certificate + " and " + key + " cannot be used: "
                            + unusable.getMessage() + "; allowed are a PEM certificate chain and its key");
        }
    }

    private static IllegalArgumentException missing(String other) {
        return new IllegalArgumentException("sealpost.tls." + other
                + ": is not set, allowed are both of sealpost.tls.certificate and .key or none");
    }

    private synchronized void reload(Path certificate, Path key, DoorKeyManager manager, Vertx vertx) {
        byte[] before = seen;
        try {
            PemKeyCertOptions pem = read(certificate, key);
            if (!Arrays.equals(before, seen)) {
                manager.replace(check(pem, vertx));
                LOG.infof("new TLS certificate from %s", certificate);
            }
        } catch (Exception unusable) {
            // Each state of the files is complained of once.
            if (!Arrays.equals(before, seen)) {
                LOG.errorf(
                        "the TLS certificate stays as it was: %s and %s cannot be used: %s",
                        certificate, key, unusable.getMessage());
            }
        }
    }

    private PemKeyCertOptions read(Path certificate, Path key) throws IOException {
        Buffer certificates = Buffer.buffer(bytes(certificate));
        Buffer privateKey = Buffer.buffer(bytes(key));
        seen = Buffer.buffer()
                .appendBuffer(certificates)
                .appendBuffer(privateKey)
                .getBytes();
        return new PemKeyCertOptions().addCertValue(certificates).addKeyValue(privateKey);
    }

    private byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            seen = file.toString().getBytes(StandardCharsets.UTF_8);
            throw new IOException(
                    "cannot read " + file + " (" + unreadable.getClass().getSimpleName() + ")", unreadable);
        }
    }

    /** The keys of a pair that fits together. */
    private X509KeyManager check(PemKeyCertOptions pem, Vertx vertx) throws Exception {
        for (KeyManager manager : pem.getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                for (String type : new String[] {"EC", "RSA", "EdDSA", "RSASSA-PSS"}) {
                    String alias = keys.chooseServerAlias(type, null, null);
                    if (alias != null) {
                        check(keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0]);
                        return keys;
                    }
                }
            }
        }
        throw new GeneralSecurityException("there is no certificate with a key of a known kind");
    }

    private void check(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        PublicKey publicKey = certificate.getPublicKey();
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        byte[] text = "sealpost".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        boolean fits;
        try {
            signature.initVerify(publicKey);
            signature.update(text);
            fits = signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            fits = false;
        }
        if (!fits) {
            throw new GeneralSecurityException("the key does not belong to the certificate");
        }
        if (certificate.getNotAfter().toInstant().isBefore(clock.instant())) {
            LOG.errorf(
                    "the TLS certificate has expired on %s",
                    certificate.getNotAfter().toInstant());
        }
    }
}
