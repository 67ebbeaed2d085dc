package dev.sealpost.alert.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TailTest {
    @Test
    void isGeometricForSizeOne() {
        // Size 1 is the geometric distribution: at least k events have the probability (mean / (mean + 1))^k.
        assertThat(Tail.atLeast(3, 1, 1)).isCloseTo(0.125, within(1e-12));
        assertThat(Tail.atLeast(10, 0.25, 1)).isCloseTo(Math.pow(0.2, 10), Percentage.withPercentage(1e-6));
    }

    @Test
    void isTheSumOfItsTerms() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            double mean = Math.pow(10, random.nextDouble() * 4 - 2);
            double size = Math.pow(10, random.nextDouble() * 3 - 1.5);
            int events = 1 + random.nextInt(60);
            assertThat(1 - Tail.atLeast(events, mean, size))
                    .as("mean %s, size %s, events %s", mean, size, events)
                    .isCloseTo(below(events, mean, size), within(1e-9));
        }
    }

    @Test
    void anExactNumberIsTheDifferenceOfTwoTails() {
        for (long events : new long[] {1, 2, 7, 40}) {
            assertThat(Tail.exactly(events, 3, 0.4))
                    .isCloseTo(Tail.atLeast(events, 3, 0.4) - Tail.atLeast(events + 1, 3, 0.4), within(1e-12));
        }
        assertThat(Tail.exactly(0, 3, 0.4)).isCloseTo(1 - Tail.atLeast(1, 3, 0.4), within(1e-12));
        assertThat(Tail.geometric(0, 3)).isCloseTo(0.25, within(1e-12));
        assertThat(Tail.geometric(7, 3)).isCloseTo(Tail.exactly(7, 3, 1), within(1e-12));
        assertThat(Tail.exactly(DayCell.MOST_SESSIONS, 1e-7, 1e-6)).isBetween(0.0, 1.0);
    }

    private static double below(int events, double mean, double size) {
        double term = Math.pow(size / (size + mean), size);
        double sum = 0;
        for (int k = 0; k < events; k++) {
            sum += term;
            term *= (size + k) / (k + 1) * mean / (mean + size);
        }
        return sum;
    }

    @Test
    void staysAProbabilityForExtremes() {
        for (long events : new long[] {1, 1_000_000, 1_000_000_000_000L, DayCell.MOST_SESSIONS}) {
            for (double mean : new double[] {1e-12, 1, 1e9, 1e15}) {
                for (double size : new double[] {1e-6, 0.3, 1e6}) {
                    assertThat(Tail.atLeast(events, mean, size)).isBetween(0.0, 1.0);
                }
            }
        }
        assertThat(Tail.atLeast(1_000_000_000_000L, 1e-3, 0.3)).isZero();
    }
}
