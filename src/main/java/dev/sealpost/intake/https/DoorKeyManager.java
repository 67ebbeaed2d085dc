package dev.sealpost.intake.https;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

import org.jspecify.annotations.Nullable;

/**
 * Shows whichever certificate is the present one. A handshake asks for an alias, a key and a chain one after the other, so
 * an alias names a generation, and the one before the present stays known.
 */
final class DoorKeyManager extends X509ExtendedKeyManager {
    private volatile List<Generation> generations;

    /** One key and its chain. */
    private record Generation(long number, X509KeyManager keys) {
        String prefix() {
            return number + ":";
        }
    }

    DoorKeyManager(X509KeyManager first) {
        this.generations = List.of(new Generation(0, first));
    }

    /** From now on handshakes get these. */
    synchronized void replace(X509KeyManager keys) {
        Generation present = generations.getFirst();
        generations = List.of(new Generation(present.number + 1, keys), present);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Generation present = generations.getFirst();
        String alias = present.keys instanceof X509ExtendedKeyManager extended
                ? extended.chooseEngineServerAlias(keyType, issuers, engine)
                : present.keys.chooseServerAlias(keyType, issuers, null);
        return alias == null ? null : present.prefix() + alias;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        for (Generation each : generations) {
            if (alias.startsWith(each.prefix())) {
                return each.keys.getCertificateChain(
                        alias.substring(each.prefix().length()));
            }
        }
        return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        for (Generation each : generations) {
            if (alias.startsWith(each.prefix())) {
                return each.keys.getPrivateKey(alias.substring(each.prefix().length()));
            }
        }
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    /** This side is never the client. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
