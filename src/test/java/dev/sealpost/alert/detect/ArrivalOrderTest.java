package dev.sealpost.alert.detect;

import static dev.sealpost.report.ResultType.STARTTLS_NOT_SUPPORTED;
import static dev.sealpost.report.ResultType.STS_POLICY_FETCH_ERROR;
import static dev.sealpost.report.ResultType.VALIDATION_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

/** Ninety days of a small world, in which reports arrive late and in any order within a day. */
class ArrivalOrderTest {
    private static final int DAYS = 90;
    private static final int DOMAINS = 3;
    private static final int REPORTERS = 4;
    private static final int SHUFFLES = 200;

    private record Arrival(String domain, String reporter, DayCell cell) {}

    @Test
    void incidentsAreTheSameInAnyOrder() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Map<Long, List<Arrival>> rounds = world(random);
        String told = replay(rounds);
        assertThat(told).contains("Opened", "kind=ATTACK", "kind=GLOBAL");

        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            rounds.values().forEach(round -> Collections.shuffle(round, random));
            assertThat(replay(rounds))
                    .as("shuffle %s of seed %s", shuffle, seed)
                    .isEqualTo(told);
        }
    }

    private static Map<Long, List<Arrival>> world(Random random) {
        Map<Long, List<Arrival>> rounds = new TreeMap<>();
        for (long day = 0; day < DAYS; day++) {
            for (int domain = 0; domain < DOMAINS; domain++) {
                for (int reporter = 0; reporter < REPORTERS; reporter++) {
                    long arrival = day + 1 + (random.nextInt(10) == 0 ? random.nextInt(6) : 0);
                    rounds.computeIfAbsent(arrival, round -> new ArrayList<>())
                            .add(new Arrival("d" + domain, "o" + reporter, cell(day, domain, reporter, random)));
                }
            }
        }
        return rounds;
    }

    private static DayCell cell(long day, int domain, int reporter, Random random) {
        int sessions = 200 + random.nextInt(800);
        List<Failed> failed = new ArrayList<>();
        if (day >= 40 && day < 44 && domain == 0 && reporter == 1) {
            failed.add(new Failed(STARTTLS_NOT_SUPPORTED, sessions / 4));
        }
        if (day >= 60 && day < 62 && domain == 1) {
            failed.add(new Failed(STS_POLICY_FETCH_ERROR, sessions / 3));
        }
        if (random.nextInt(12) == 0) {
            failed.add(new Failed(VALIDATION_FAILURE, 1 + random.nextInt(random.nextInt(8) == 0 ? 120 : 2)));
        }
        return new DayCell(day, sessions, failed, false);
    }

    private static String replay(Map<Long, List<Arrival>> rounds) {
        Scene scene = Scene.of(0, 0, 0);
        Incidents incidents = new Incidents();
        StringBuilder told = new StringBuilder();
        rounds.forEach((arrival, round) -> {
            round.forEach(each -> scene.day(each.domain(), each.reporter(), true, each.cell()));
            Detector detector = new Detector(scene, arrival - 1);
            List<Finding> findings = new ArrayList<>();
            for (int domain = 0; domain < DOMAINS; domain++) {
                findings.addAll(detector.findings(scene.days("d" + domain), arrival - 7));
            }
            incidents.take(findings).forEach(change -> told.append(change).append('\n'));
        });
        return told.toString();
    }
}
