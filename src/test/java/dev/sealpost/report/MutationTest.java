package dev.sealpost.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutationTest {
    private static final int ROUNDS = 6_000;

    private final ReportReader reader = new ReportReader(Limits.DEFAULT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mutatedInput_isReadTheSameTwice_withoutThrowing(long seed) {
        Random random = new Random(seed);
        byte[] json = Samples.utf8(Samples.HEAD + ",\"policies\":[" + Samples.POLICY + ",{\"policy\":{\"policy-type\":"
                + "\"tlsa\",\"policy-string\":[\"[\\\"3 1 1 A\\\"]\"]},\"failure-details\":[{\"result-type\":\"x\","
                + "\"sending-mta-ip\":\"2001:db8::1\",\"failed-session-count\":1.5e1}]}]}");
        byte[][] seeds = {json, Samples.gzip(json), Samples.zip(json), Samples.gzip(Samples.gzip(json))};
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = mutate(seeds[round % 8 == 0 ? 1 + random.nextInt(3) : 0], random);
            Reading reading = reader.read(input);
            assertThat(reader.read(input)).as("seed %d, round %d", seed, round).isEqualTo(reading);
            if (reading instanceof Readable readable) {
                assertFitForStorage(readable, "seed " + seed + ", round " + round);
            } else if (reading instanceof Rejection rejection) {
                assertThat(rejection.detail()).matches("[ -~]{1,120}");
            }
        }
    }

    @Test
    void json_readAgain_givesTheSameReport() {
        byte[] input = Samples.utf8("\uFEFF " + Samples.PLAIN + " trailing");
        assertThat(reader.read(input))
                .isInstanceOfSatisfying(
                        Readable.class,
                        readable -> assertThat(reader.read(readable.json()))
                                .isInstanceOfSatisfying(
                                        Readable.class,
                                        again -> assertThat(again.report().policies())
                                                .isEqualTo(readable.report().policies())));
    }

    private void assertFitForStorage(Readable readable, String context) {
        assertThat(readable.report().toString().chars().anyMatch(Character::isISOControl))
                .as(context)
                .isFalse();
        Reading again = reader.read(readable.json());
        assertThat(again).as(context).isInstanceOf(Readable.class);
        assertThat(ReportIdentity.of(((Readable) again).report()))
                .as(context)
                .isEqualTo(ReportIdentity.of(readable.report()));
    }

    /** A few bytes changed, doubled or lost: mostly to bytes that mean something in JSON. */
    static byte[] mutate(byte[] original, Random random) {
        byte[] input = original.clone();
        String tokens = "\"{}[],:\\u0e1-.tn \0\u007f\u00ff\u0080";
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(4)) {
                case 0 -> input[at] = (byte) tokens.charAt(random.nextInt(tokens.length()));
                case 1 -> input[at] = (byte) random.nextInt(256);
                case 2 -> System.arraycopy(input, at, input, random.nextInt(at + 1), Math.min(9, input.length - at));
                default -> input = Arrays.copyOf(input, input.length - random.nextInt(Math.min(3, input.length)));
            }
            if (input.length == 0) {
                break;
            }
        }
        return input;
    }
}
