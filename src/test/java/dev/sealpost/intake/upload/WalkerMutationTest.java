package dev.sealpost.intake.upload;

import static dev.sealpost.intake.upload.Packing.gzip;
import static dev.sealpost.intake.upload.Packing.json;
import static dev.sealpost.intake.upload.Packing.mail;
import static dev.sealpost.intake.upload.Packing.mbox;
import static dev.sealpost.intake.upload.Packing.report;
import static dev.sealpost.intake.upload.Packing.tarOf;
import static dev.sealpost.intake.upload.Packing.utf8;
import static dev.sealpost.intake.upload.Packing.zip;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged sources: nothing but findings comes out of a walk, and the same each time. */
class WalkerMutationTest {
    private static final int ROUNDS = 600;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mutatedSource_isWalkedTheSameTwice_withoutThrowing(long seed) {
        Random random = new Random(seed);
        byte[] lines = utf8(
                "[" + json("a") + ",\n{\"organization_name\":\"x\",\"begin_date\":1,\"policies\":[{\"policy_domain\":"
                        + "\"x.example\",\"failure_details\":[{\"failed_session_count\":1}]}]},\n" + json("b") + "]");
        byte[] box = utf8(mbox(mail("a"), "Subject: x\n\n>From y\n", mail("b")));
        byte[][] seeds = {
            lines,
            box,
            tarOf(report("a"), gzip(report("b")), box),
            zip(report("a"), lines),
            gzip(lines),
            gzip(tarOf(box))
        };
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = mutate(seeds[round % seeds.length], random);
            Found found = Found.in(input);
            Found again = Found.in(input);
            String context = "seed " + seed + ", round " + round;
            assertThat(again.skipped()).as(context).isEqualTo(found.skipped());
            assertThat(again.reports()).as(context).isEqualTo(found.reports());
            assertThat(found.documents().size() + found.skipped().size() + found.mailsWithoutReport())
                    .as(context + ": something is said of every source")
                    .isPositive();
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] input = random.nextInt(8) == 0
                ? Arrays.copyOf(original, 1 + random.nextInt(original.length))
                : original.clone();
        String tokens = "\"{}[],:\\ \n\r\0From \u001f\u008bPK0127x\u00ff";
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(input.length);
            input[at] = (byte)
                    (random.nextBoolean() ? random.nextInt(256) : tokens.charAt(random.nextInt(tokens.length())));
        }
        return input;
    }
}
