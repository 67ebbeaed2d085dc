package dev.sealpost.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** The set of hashes against a set of names, through random changes. */
class DomainSetTest {
    @Test
    void itIsTheSameSetAsOneOfNames() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<String> names = new HashSet<>();
        DomainSet set = DomainSet.EMPTY;
        for (int round = 0; round < 200; round++) {
            List<String> added = some(random);
            List<String> removed = some(random);
            names.addAll(added);
            removed.forEach(names::remove);
            set = set.changed(of(added), of(removed));
            assertThat(set.size()).isEqualTo(names.size());
        }
        DomainSet last = set;
        assertThat(IntStream.range(0, 500).mapToObj(DomainSetTest::name))
                .allSatisfy(name -> assertThat(last.contains(name)).isEqualTo(names.contains(name)));
    }

    @Test
    void aMillionDomainsAreEightMegabytesAndAllFound() {
        DomainSet set = DomainSet.of(IntStream.range(0, 1_000_000)
                .mapToObj(DomainSetTest::name)
                .mapToLong(DomainSet::hash)
                .toArray());
        assertThat(set.hashes().count()).isEqualTo(1_000_000);
        assertThat(IntStream.range(0, 1_000).map(i -> 997 * i).mapToObj(DomainSetTest::name))
                .allMatch(set::contains);
        assertThat(IntStream.range(1_000_000, 1_100_000).mapToObj(DomainSetTest::name))
                .noneMatch(set::contains);
    }

    private static List<String> some(Random random) {
        return random.ints(random.nextInt(20), 0, 500)
                .mapToObj(DomainSetTest::name)
                .toList();
    }

    private static DomainSet of(List<String> names) {
        return DomainSet.of(names.stream().mapToLong(DomainSet::hash).toArray());
    }

    private static String name(int number) {
        return "d" + number + ".example";
    }
}
