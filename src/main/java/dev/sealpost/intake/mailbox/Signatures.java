package dev.sealpost.intake.mailbox;

import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.Report;
import org.jspecify.annotations.Nullable;

/** Who answers for one mail, found out once; each report in it is then judged by its own organisation. */
interface Signatures {
    /**
     * What is verified of a report in the mail.
     *
     * @param reporter whose it says to be; null if it does not say
     */
    Judgement judge(@Nullable DomainName reporter);

    /**
     * What is verified of a report in the mail.
     *
     * @param submitter the mail's TLS-Report-Submitter header, untrusted; null if there is none
     */
    default Judgement judge(Report report, @Nullable String submitter) {
        return judge(Alignment.reporter(report, submitter));
    }

    /**
     * A judgement.
     *
     * @param provenance DKIM_ALIGNED, AUTHENTICATION_RESULTS, DKIM_UNALIGNED or UNVERIFIED
     * @param pending whether it may be a better one later: the key of a signature of the reporting domain cannot be looked
     *     up now
     * @param reason one line for people, printable: what was found
     */
    record Judgement(Provenance provenance, boolean pending, String reason) {
        Judgement(Provenance provenance, String reason) {
            this(provenance, false, reason);
        }

        /** Whether somebody answers for the report. */
        boolean isVerified() {
            return provenance.rank() < Provenance.UNVERIFIED.rank();
        }
    }
}
