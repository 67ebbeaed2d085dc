package dev.sealpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that callers invented, of days that no calendar has. */
class InventedIdsTest {
    private final TestDatabase database = TestDatabase.get();
    private final ReportDecisions decisions =
            new ReportDecisions(new WriteTransaction(database.pool()), database.removal());
    private final ReportQuestion question = new ReportQuestion(new ReadTransaction(database.pool()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6c71a176-edd5-8990-b1fe-c741f7131515",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "00000000-0000-0000-0000-000000000000"
            })
    void anInventedIdIsNoReport(String id) {
        UUID invented = UUID.fromString(id);
        assertThat(decisions.delete(invented, "tester", Instant.EPOCH)).isFalse();
        assertThat(decisions.prefer(invented, "tester", Instant.EPOCH)).isFalse();
        assertThat(question.find(invented)).isEmpty();
        assertThat(question.raw(invented)).isEmpty();
    }
}
