package dev.sealpost.intake.mailbox;

import dev.sealpost.report.ContactInfo;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Report;
import org.jspecify.annotations.Nullable;

/**
 * Whether a signature is one "by the reporting domain" (RFC 8460, section 3), for which no RFC has a rule. Here: the same
 * domain, or one under the other.
 */
final class Alignment {
    private Alignment() {}

    /**
     * Whom the report claims to be of; null if it does not say. The contact in the report decides alone: the header is
     * written by whoever sent the mail, so beside a contact it could only lend a stranger's signature to it.
     */
    static @Nullable DomainName reporter(Report report, @Nullable String submitter) {
        DomainName contact = ContactInfo.domain(report.contactInfo());
        if (contact != null || submitter == null) {
            return contact;
        }
        return DomainName.parse(submitter).orElse(null);
    }

    /** Whether one may speak for the other. */
    static boolean aligned(DomainName signer, DomainName reporter) {
        if (signer.equals(reporter)) {
            return signer.value().indexOf('.') >= 0;
        }
        boolean signerIsShorter = signer.value().length() < reporter.value().length();
        String shorter = (signerIsShorter ? signer : reporter).value();
        String longer = (signerIsShorter ? reporter : signer).value();
        return longer.endsWith("." + shorter) && isOfOne(shorter);
    }

    /**
     * Whether all names under the domain are of one owner, as far as can be told without a list: not with one label, nor
     * as co.uk and com.au, two labels of which the last has two characters and the other at most three.
     */
    private static boolean isOfOne(String domain) {
        int last = domain.lastIndexOf('.');
        boolean two = last >= 0 && domain.indexOf('.') == last;
        return last >= 0 && !(two && last <= 3 && domain.length() - last - 1 == 2);
    }
}
