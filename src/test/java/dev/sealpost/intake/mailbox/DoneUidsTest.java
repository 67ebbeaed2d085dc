package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoneUidsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "7", "1:500", "1:500,503,600:4294967295"})
    void aSetIsReadAsItIsWritten(String text) {
        assertThat(DoneUids.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1:", ":5", "1,,2", "-1", "1:2:3", "9999999999999999999", "1 "})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> DoneUids.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neighboursBecomeOneRange() {
        DoneUids set = DoneUids.parse("1:3,5,9:12");
        set.add(4);
        set.add(7);
        set.add(8);
        set.add(2);
        assertThat(set).hasToString("1:5,7:12");
    }

    @Test
    void whatIsNotThereSeparatesNothing() {
        DoneUids set = DoneUids.parse("10:20,30,40:50,60");
        set.join(List.of(35L, 70L));
        assertThat(set).hasToString("1:30,40:60");
        set.join(List.of(70L, 35L));
        assertThat(set).hasToString("1:30,40:60");
        set.join(List.of());
        assertThat(set).hasToString("1:60");
    }

    @Test
    void nothingDoneStaysNothing() {
        DoneUids set = DoneUids.parse("");
        set.join(List.of(5L));
        set.join(List.of());
        assertThat(set).hasToString("");
        assertThat(set.contains(1)).isFalse();
    }

    @Test
    void randomSetsBehaveAsPlainSets() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            DoneUids set = DoneUids.parse("");
            Set<Long> plain = new TreeSet<>();
            for (int i = 0; i < 60; i++) {
                long uid = 1L + random.nextInt(80);
                set.add(uid);
                plain.add(uid);
            }
            List<Long> open = new ArrayList<>();
            for (long uid = 1; uid <= 80; uid++) {
                assertThat(set.contains(uid)).as("seed %d, %d", seed, uid).isEqualTo(plain.contains(uid));
                if (!plain.contains(uid) && random.nextBoolean()) {
                    open.add(uid);
                }
            }
            set.join(open);
            DoneUids again = DoneUids.parse(set.toString());
            assertThat(again).as("seed %d", seed).hasToString(set.toString());
            assertThat(open).as("seed %d: open stays open", seed).noneMatch(again::contains);
            assertThat(plain).as("seed %d: done stays done", seed).allMatch(again::contains);
            assertThat(set.toString().split(",", -1).length).as("seed %d", seed).isLessThanOrEqualTo(open.size() + 1);
        }
    }
}
