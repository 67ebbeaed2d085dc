package dev.sealpost.alert.detect;

import java.util.List;

/**
 * Why a finding was made, in numbers.
 *
 * @param failures in the window
 * @param sessions in the window
 * @param expected failures, by the past of the series
 * @param p how improbable the failures are without a cause; 0 is less than a double can say
 * @param pastDays report days of the series that the expectation rests on
 * @param window days the failures were summed over, the last one being the day of the finding
 * @param since the first day of the window that shows it
 * @param supportingDays days of the last seven that show it
 * @param reporters other reporters of the domain with enough traffic to see it, and smaller ones that see it
 * @param domains other domains of this reporter with enough traffic to see it, and smaller ones that see it
 * @param hosts MX hostnames that were named on the day
 * @param networks sending networks that were named on the day
 * @param verified whether it is known who sent the reports of the failures
 */
public record Evidence(
        long failures,
        long sessions,
        double expected,
        double p,
        int pastDays,
        int window,
        long since,
        int supportingDays,
        List<Witness> reporters,
        List<Witness> domains,
        List<String> hosts,
        List<String> networks,
        boolean verified) {

    /** The share of sessions that failed. */
    public double rate() {
        return (double) failures / Math.max(sessions, 1);
    }

    /** Failures beyond what was expected. */
    public double excess() {
        return Math.max(failures - expected, 0);
    }
}
