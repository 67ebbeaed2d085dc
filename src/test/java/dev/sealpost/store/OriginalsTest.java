package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sealpost.report.Policy;
import dev.sealpost.report.Report;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stored originals that are read again by a reader that reads something else. */
class OriginalsTest {
    private final TestDatabase database = TestDatabase.get();
    private final ReportStore store = database.store();
    private final Originals originals =
            new Originals(new WriteTransaction(database.pool()), new PolicyRows(), database.counting());

    @BeforeEach
    void stored() {
        database.clear();
        store.store(KnownReports.ALL, List.of());
    }

    private void anotherReaderReadThem() {
        database.run("UPDATE report SET reader = 0");
    }

    private int reread(List<Arrival> now, int at) {
        int changed = 0;
        while (true) {
            List<Originals.Original> some = originals.next(Scope.ALL, at, Long.MAX_VALUE);
            if (some.isEmpty()) {
                return changed;
            }
            List<Rereading> readings = new ArrayList<>();
            for (Originals.Original original : some) {
                Arrival arrival = now.stream()
                        .filter(one -> Arrays.equals(one.json(), original.json()))
                        .findFirst()
                        .orElse(null);
                readings.add(
                        arrival == null
                                ? new Rereading(original, null, List.of())
                                : new Rereading(original, arrival.report(), arrival.domains()));
            }
            changed += originals.take(readings);
        }
    }

    @Test
    void theSameReadingChangesNothing() {
        List<String> before = database.dump();
        assertThat(originals.next(Scope.ALL, 10, Long.MAX_VALUE)).isEmpty();
        anotherReaderReadThem();
        assertThat(reread(KnownReports.ALL, 2)).isZero();
        assertThat(database.dump()).isEqualTo(before);
    }

    @Test
    void whatIsReadOtherwiseIsCountedAsIfItHadBeenReadSoFromTheFirst() {
        List<String> right = database.dump();
        database.clear();
        store.store(KnownReports.ALL.stream().map(OriginalsTest::poorly).toList(), List.of());
        anotherReaderReadThem();
        assertThat(reread(KnownReports.ALL, 1)).isEqualTo(KnownReports.ALL.size());
        assertThat(database.dump()).isEqualTo(right);
    }

    /** As a reader that took no failure detail and no count of successes. */
    private static Arrival poorly(Arrival arrival) {
        Report report = arrival.report();
        Report poor = new Report(
                report.organizationName(),
                report.dateRange(),
                report.contactInfo(),
                report.reportId(),
                report.policies().stream()
                        .map(policy -> new Policy(
                                policy.policyType(),
                                List.of(),
                                policy.policyDomain(),
                                List.of(),
                                null,
                                policy.totalFailureSessionCount(),
                                List.of(),
                                policy.flags()))
                        .toList(),
                report.flags());
        return new Arrival(poor, arrival.origin(), arrival.json(), arrival.domains());
    }

    @Test
    void whatNobodyReadsAnyMoreStaysAndAScopeIsKept() {
        List<String> before = database.dump();
        anotherReaderReadThem();
        Scope scope = new Scope(Optional.of(KnownReports.SUNDAY), Optional.empty(), Optional.of("b.example"));
        assertThat(originals.next(scope, 10, Long.MAX_VALUE)).hasSize(3);
        assertThat(originals.next(scope, 10, 1))
                .as("large ones come one by one")
                .hasSize(1);
        assertThat(reread(List.of(), 10)).isZero();
        assertThat(database.dump()).isEqualTo(before);
    }

    @Test
    void aDomainThatWasFoundLaterStays() {
        database.run(
                "UPDATE policy SET policy_domain = NULL, flags = flags || '{policy-domain-healed}' WHERE domain = 'b.example'");
        anotherReaderReadThem();
        Arrival report = KnownReports.BY_MAIL;
        Arrival unnamed = new Arrival(withoutDomain(report.report()), report.origin(), report.json(), List.of(""));
        assertThat(reread(List.of(unnamed), 10)).isZero();
        assertThat(database.rows("SELECT domain FROM policy WHERE policy_type = 'no-policy-found'"))
                .containsOnly("b.example");
    }

    private static Report withoutDomain(Report report) {
        return new Report(
                report.organizationName(),
                report.dateRange(),
                report.contactInfo(),
                report.reportId(),
                report.policies().stream()
                        .map(policy -> new Policy(
                                policy.policyType(),
                                policy.policyString(),
                                null,
                                policy.mxHost(),
                                policy.totalSuccessfulSessionCount(),
                                policy.totalFailureSessionCount(),
                                policy.failureDetails(),
                                policy.flags()))
                        .toList(),
                report.flags());
    }
}
