package dev.sealpost.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Ninety days of eight reporters about three domains, up to a last day. On the last three days somebody strips STARTTLS
 * between one reporter and one domain, on the last two a certificate has expired, and one reporter has been silent for
 * longer than that. Forty days ago the policy of a domain could not be fetched.
 */
public final class DemoHistory {
    /** How many days there are. */
    public static final int DAYS = 90;

    /** The reporter on whose way somebody strips STARTTLS. */
    public static final String STRIPPED_REPORTER = "Demo Mail East";

    /** The domain that it happens to. */
    public static final String STRIPPED = "demo-bank.example";

    /** The domain with the expired certificate. */
    public static final String EXPIRED = "demo-shop.example";

    private static final int STRIPPED_DAYS = 3;
    private static final int EXPIRED_DAYS = 2;
    private static final int UNFETCHED_DAYS_AGO = 40;

    private static final List<Receiver> RECEIVERS = List.of(
            Receiver.sts(STRIPPED, "enforce"), Receiver.sts(EXPIRED, "testing"), Receiver.dane("demo-club.example"));

    private static final List<Sender> SENDERS = List.of(
            new Sender("Demo Mail Worldwide", "worldwide.demo-mail.example", 900, "198.51.100"),
            new Sender("Demo Office Cloud", "demo-office.example", 640, "198.51.100"),
            new Sender("Demo Mail North", "north.demo-mail.example", 420, "203.0.113"),
            new Sender(STRIPPED_REPORTER, "east.demo-mail.example", 310, "203.0.113"),
            new Sender("Demo Mail South", "south.demo-mail.example", 260, "203.0.113"),
            new Sender("Demo Mail West", "west.demo-mail.example", 180, "203.0.113"),
            new Sender("Demo Campus", "demo-campus.example", 150, "192.0.2"),
            new Sender("Demo Hobby Host", "demo-hobby.example", 60, "192.0.2", 12));

    private DemoHistory() {}

    /** The domains that it is about. */
    public static List<String> domains() {
        return RECEIVERS.stream().map(Receiver::name).toList();
    }

    /** All reports, the oldest day first; the same whenever it is asked for the same last UTC day. */
    public static List<DemoReport> until(LocalDate last) {
        List<DemoReport> reports = new ArrayList<>();
        for (LocalDate day = last.minusDays(DAYS - 1L); !day.isAfter(last); day = day.plusDays(1)) {
            for (Receiver receiver : RECEIVERS) {
                for (Sender sender : SENDERS) {
                    if (sender.reportsOn(day, last)) {
                        reports.add(report(sender, receiver, day, last));
                    }
                }
            }
        }
        return reports;
    }

    private static DemoReport report(Sender sender, Receiver receiver, LocalDate day, LocalDate last) {
        SplittableRandom random =
                new SplittableRandom((day + sender.name() + receiver.name()).hashCode() * 0x9E3779B97F4A7C15L);
        boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
        int usual = weekend ? sender.sessions() * 3 / 5 : sender.sessions();
        int sessions = usual * (80 + random.nextInt(41)) / 100;
        List<Failure> failures = failures(sender, receiver, ChronoUnit.DAYS.between(day, last), sessions, random);
        int failed = failures.stream().mapToInt(Failure::sessions).sum();
        return new DemoReport(
                day, receiver.name(), sender.name(), ReportText.of(sender, receiver, day, sessions - failed, failures));
    }

    private static List<Failure> failures(
            Sender sender, Receiver receiver, long daysAgo, int sessions, SplittableRandom random) {
        List<Failure> failures = new ArrayList<>();
        if (daysAgo < STRIPPED_DAYS
                && sender.name().equals(STRIPPED_REPORTER)
                && receiver.name().equals(STRIPPED)) {
            int stripped = sessions * (35 + random.nextInt(11)) / 100;
            failures.add(new Failure("starttls-not-supported", 1, 17, stripped / 2, ""));
            failures.add(new Failure("starttls-not-supported", 2, 18, stripped - stripped / 2, ""));
        }
        if (daysAgo < EXPIRED_DAYS && receiver.name().equals(EXPIRED)) {
            int share = sessions * (40 + random.nextInt(11)) / 100;
            failures.add(new Failure("certificate-expired", 2, 25, share, "X509_V_ERR_CERT_HAS_EXPIRED"));
        }
        if (daysAgo == UNFETCHED_DAYS_AGO && receiver.name().equals(EXPIRED)) {
            failures.add(new Failure("sts-policy-fetch-error", 1, 25, sessions * 3 / 10, ""));
        }
        if (failures.isEmpty() && random.nextInt(50) == 0) {
            failures.add(new Failure("validation-failure", 1, 25, 1, ""));
        }
        return failures;
    }
}
