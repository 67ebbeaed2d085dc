package dev.sealpost.alert.detect;

import java.util.Collection;

/** What the detector asks about the world outside a domain. */
public interface Surroundings {
    /** All verified reports. */
    Pool everywhere();

    /** The verified reports of one reporter. */
    Pool reporter(String organization);

    /** The verified reports about one domain; empty where it is not known. */
    Pool domain(String domain);

    /**
     * The same reporter's days about all domains, of verified reports. Asked for candidates only, which are rare, and the last
     * {@link Detector#DAYS_NEEDED} days do.
     */
    Collection<History> domainsOf(String organization);
}
