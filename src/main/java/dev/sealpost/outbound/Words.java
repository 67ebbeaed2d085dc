package dev.sealpost.outbound;

import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

import io.vertx.core.VertxException;

/** What went wrong with a connection, in words for whoever chose the address. */
final class Words {
    private Words() {}

    static String of(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return "has a certificate that is not trusted for this name";
            }
        }
        return switch (trouble) {
            case SSLException _ -> "does not speak TLS as it must";
            case ConnectException _ -> "cannot be reached";
            case ClosedChannelException _ -> "broke off";
            case VertxException _ -> "broke off";
            default -> "does not speak HTTP as it must";
        };
    }
}
