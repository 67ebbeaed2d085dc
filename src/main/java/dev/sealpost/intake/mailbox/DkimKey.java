package dev.sealpost.intake.mailbox;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

import org.apache.james.jdkim.tagvalue.PublicKeyRecordImpl;

/** A key record (RFC 6376, section 3.6.1), with the rules that jDKIM does not have. */
final class DkimKey extends PublicKeyRecordImpl {
    private static final int MIN_BITS = 1024;
    private static final int MAX_BITS = 4096;

    private final boolean mustNameTlsrpt;

    /**
     * Reads a record.
     *
     * @param mustNameTlsrpt whether a key for all services is none
     * @throws IllegalStateException if the record is not by the grammar
     */
    DkimKey(String value, boolean mustNameTlsrpt) {
        super(value);
        this.mustNameTlsrpt = mustNameTlsrpt;
    }

    /** @throws IllegalStateException if the key is not for this use */
    @Override
    public void validate() {
        super.validate();
        // RFC 8460, section 3 wants tlsrpt, and leaves it to the receiver whether a record for all services, be it
        // because it names none, will do.
        boolean forReports = Arrays.stream(getValue("s").toString().split(":", -1))
                .map(String::strip)
                .anyMatch(service -> service.equalsIgnoreCase("tlsrpt") || (service.equals("*") && !mustNameTlsrpt));
        if (!forReports) {
            throw new IllegalStateException("it is not for TLS reports (s=)");
        }
        if (!getValue("k").toString().equalsIgnoreCase("rsa")) {
            throw new IllegalStateException("unsupported kind of key");
        }
        int bits = getPublicKey() instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new IllegalStateException("it has " + bits + " bits, not " + MIN_BITS + " to " + MAX_BITS);
        }
    }

    @Override
    public PublicKey getPublicKey() {
        return super.getPublicKey();
    }
}
