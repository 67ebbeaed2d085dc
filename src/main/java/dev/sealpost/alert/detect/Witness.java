package dev.sealpost.alert.detect;

/**
 * A series that had enough traffic to show the same failure, or shows it with less.
 *
 * @param domain the policy domain
 * @param organization who reports
 * @param verified whether it is known who sent the reports
 * @param sessions in the window
 * @param failures of the family in the window
 * @param expected failures, did it share the fault
 * @param agreement from 0, it does not see it, to 1, it does
 */
public record Witness(
        String domain,
        String organization,
        boolean verified,
        long sessions,
        long failures,
        double expected,
        double agreement) {

    /** Whether it sees the fault. */
    public boolean sees() {
        return agreement >= 0.5;
    }

    /** Its weight among others: a giant says as much as five expected failures do. */
    double weight() {
        return Math.min(expected, 5);
    }
}
