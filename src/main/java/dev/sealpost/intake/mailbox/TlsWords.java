package dev.sealpost.intake.mailbox;

import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import dev.sealpost.intake.mailbox.MailboxConfig.Tls;

/** Why there is no encryption, for the owner of a mailbox. */
final class TlsWords {
    private TlsWords() {}

    static String of(MailboxConfig config, Throwable trouble) {
        Throwable last = trouble;
        boolean untrusted = false;
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return "has a certificate that is not valid today: renew it, or check the clock here";
            }
            untrusted |= cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException;
            last = cause;
        }
        if (untrusted) {
            return "has a certificate that nobody trusted vouches for: give its CA as trust (PEM)";
        }
        if (last instanceof EOFException || last instanceof SocketException) {
            return "broke off while encryption was agreed: check the port";
        }
        String text = String.valueOf(last.getMessage());
        if (last instanceof CertificateException) {
            return text.contains("No name") || text.contains("No subject") || text.contains("HTTPS")
                    ? "has a certificate for another name than " + config.host()
                            + ": use the name that is in the certificate as host"
                    : "has a certificate that cannot be relied on";
        }
        if (text.contains("Unsupported or unrecognized SSL message")) {
            return "does not encrypt from the first byte"
                    + (config.tls() == Tls.IMPLICIT ? ": check the port, or use tls starttls" : "");
        }
        return "agrees to no encryption that is safe: it needs TLS 1.2 or 1.3";
    }
}
