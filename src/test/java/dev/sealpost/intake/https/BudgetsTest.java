package dev.sealpost.intake.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import dev.sealpost.intake.Allowance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTest {
    private Instant now = Instant.parse("2026-11-01T00:00:00Z");
    private final InstantSource instants = () -> now;
    private final Clock clock = instants.withZone(ZoneOffset.UTC);
    private final Budgets budgets = new Budgets(10, 1_000, clock);

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private void junk(String source, int times) {
        for (int i = 0; i < times; i++) {
            budgets.chargeJunk(address(source), 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2", "2001:db8::1, 2001:db8:0:1::1"})
    void junkAtTheBudgetIsOverAndTheNeighbourIsNot(String source, String neighbour) {
        junk(source, 9);
        assertThat(budgets.allowance(address(source))).isEqualTo(Allowance.WITHIN);
        junk(source, 1);
        assertThat(budgets.allowance(address(source))).isEqualTo(Allowance.OVER);
        assertThat(budgets.exhausted(address(source))).isEqualTo(Prefix.narrow(address(source)));
        assertThat(budgets.allowance(address(neighbour))).isEqualTo(Allowance.WITHIN);
    }

    @Test
    void anAddressOfTheSame64IsTheSameSource() {
        junk("2001:db8::1", 10);
        assertThat(budgets.allowance(address("2001:db8::ffff:1"))).isEqualTo(Allowance.OVER);
    }

    @Test
    void theWiderPrefixHasFourTimesTheBudget() {
        for (int i = 1; i <= 4; i++) {
            assertThat(budgets.allowance(address("192.0.2.200"))).isEqualTo(Allowance.WITHIN);
            junk("192.0.2." + i, 10);
        }
        assertThat(budgets.exhausted(address("192.0.2.200"))).isEqualTo(Prefix.wide(address("192.0.2.200")));
        assertThat(budgets.allowance(address("192.0.3.200"))).isEqualTo(Allowance.WITHIN);
    }

    @Test
    void bytesHaveTheirOwnBudget() {
        budgets.chargeBytes(address("192.0.2.1"), 999);
        assertThat(budgets.allowance(address("192.0.2.1"))).isEqualTo(Allowance.WITHIN);
        budgets.chargeBytes(address("192.0.2.1"), 1);
        assertThat(budgets.allowance(address("192.0.2.1"))).isEqualTo(Allowance.OVER);
    }

    @Test
    void aBodyMayWeighAsMuchAsMany() {
        budgets.chargeJunk(address("192.0.2.1"), 9);
        assertThat(budgets.allowance(address("192.0.2.1"))).isEqualTo(Allowance.WITHIN);
        budgets.chargeJunk(address("192.0.2.1"), 9);
        assertThat(budgets.allowance(address("192.0.2.1"))).isEqualTo(Allowance.OVER);
    }

    @Test
    void aFloodLeavesNoDebt() {
        junk("192.0.2.1", 10_000);
        long seconds = budgets.retrySeconds(address("192.0.2.1"));
        assertThat(seconds).isBetween(1L, 61L);
        now = now.plusSeconds(seconds);
        assertThat(budgets.allowance(address("192.0.2.1"))).isEqualTo(Allowance.WITHIN);
        now = now.plus(Budgets.PERIOD);
        junk("192.0.2.1", 9);
        assertThat(budgets.allowance(address("192.0.2.1"))).isEqualTo(Allowance.WITHIN);
    }

    @Test
    void theTableHasAFixedSize() {
        for (int i = 0; i < 2 * Budgets.TABLE_SIZE; i++) {
            budgets.chargeBytes(address("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)), 1);
        }
        assertThat(budgets.size()).isLessThanOrEqualTo(Budgets.TABLE_SIZE);
    }

    @Test
    void aBodyHasThirtySecondsAndOneMoreForEach64KiB() {
        assertThat(Deadlines.body(0)).isEqualTo(Duration.ofSeconds(30));
        assertThat(Deadlines.body(64 * 1024)).isEqualTo(Duration.ofSeconds(31));
        assertThat(Deadlines.body(10 << 20)).isEqualTo(Duration.ofSeconds(190));
    }
}
