package dev.sealpost.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.store.StoreUnavailableException;
import dev.sealpost.stream.Letter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What the aggregator does when a batch does not go through. */
class AggregatorTest {
    private final List<Integer> written = new ArrayList<>();
    private final List<Integer> dead = new ArrayList<>();
    private int unreadable = -1;

    /** As a database that refuses some letters for ever, and everything a number of times. */
    private Aggregator aggregator(Set<Integer> refused, int troubles) {
        int[] left = {troubles};
        return new Aggregator(
                letter -> {
                    if (number(letter) == unreadable) {
                        return deeper(letter);
                    }
                    return new ReadLetter(letter, null, null, null);
                },
                batch -> {
                    if (left[0]-- > 0) {
                        throw new StoreUnavailableException("the database is away");
                    }
                    List<Integer> numbers = batch.stream()
                            .map(ReadLetter::letter)
                            .map(AggregatorTest::number)
                            .toList();
                    if (numbers.stream().anyMatch(refused::contains)) {
                        throw new IllegalStateException("refused");
                    }
                    written.addAll(numbers);
                },
                letter -> dead.add(number(letter)),
                new SimpleMeterRegistry());
    }

    @Test
    void oneLetterThatIsRefusedDoesNotSinkTheOthers() throws InterruptedException {
        for (int bad = 0; bad < 17; bad++) {
            written.clear();
            dead.clear();
            Set<Integer> refused = Set.copyOf(List.of(bad, 16 - bad));
            aggregator(refused, 0).handle(letters(17));
            assertThat(dead).containsExactlyInAnyOrderElementsOf(refused);
            List<Integer> others =
                    new ArrayList<>(IntStream.range(0, 17).boxed().toList());
            others.removeAll(dead);
            assertThat(written).as("in their order").isEqualTo(others);
        }
    }

    @Test
    void troubleThatPassesIsWaitedForAndNobodyIsBlamed() throws InterruptedException {
        aggregator(Set.of(), 3).handle(letters(5));
        assertThat(written).containsExactly(0, 1, 2, 3, 4);
        assertThat(dead).isEmpty();
    }

    @Test
    void oneLetterThatCannotBeReadDoesNotSinkTheOthers() throws InterruptedException {
        unreadable = 2;
        aggregator(Set.of(4), 2).handle(letters(7));
        assertThat(dead).containsExactly(2, 4);
        assertThat(written).containsExactly(0, 1, 3, 5, 6);
    }

    @Test
    void aLetterAloneIsTriedAgainBeforeItIsGivenUp() throws InterruptedException {
        int[] refusals = {2};
        new Aggregator(
                        letter -> new ReadLetter(letter, null, null, null),
                        batch -> {
                            if (refusals[0]-- > 0) {
                                throw new IllegalStateException("once");
                            }
                            batch.forEach(read -> written.add(number(read.letter())));
                        },
                        letter -> dead.add(number(letter)),
                        new SimpleMeterRegistry())
                .handle(letters(1));
        assertThat(written).containsExactly(0);
        assertThat(dead).isEmpty();
    }

    @Test
    void manyBytesAreSeveralTransactions() throws InterruptedException {
        List<Integer> sizes = new ArrayList<>();
        List<Letter> large = IntStream.range(0, 10)
                .<Letter>mapToObj(i -> letter(i, new byte[3 << 20]))
                .toList();
        new Aggregator(
                        letter -> new ReadLetter(letter, null, null, null),
                        batch -> sizes.add(batch.size()),
                        letter -> dead.add(number(letter)),
                        new SimpleMeterRegistry())
                .handle(large);
        assertThat(sizes).containsExactly(2, 2, 2, 2, 2);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static ReadLetter deeper(Letter letter) {
        return deeper(letter);
    }

    private static int number(Letter letter) {
        return (int) letter.origin().receipt().getLeastSignificantBits();
    }

    private static List<Letter> letters(int count) {
        return IntStream.range(0, count)
                .<Letter>mapToObj(i -> letter(i, new byte[0]))
                .toList();
    }

    private static Letter letter(int number, byte[] value) {
        return new Letter.ReportLetter(
                new Origin(new UUID(0, number), Instant.EPOCH, Channel.HTTPS, "192.0.2.1", Provenance.UNVERIFIED, null),
                "example.org",
                value);
    }
}
