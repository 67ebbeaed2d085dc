package dev.sealpost.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One membership in the group. It polls whatever the worker does, so the group never takes the process for dead, and stops
 * fetching while enough is in hand. A batch grows while the one in front is written, and is read meanwhile.
 */
final class PollLoop implements ConsumerRebalanceListener {
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final long SHORTEST_MILLIS = 5;
    private static final long LONGEST_MILLIS = 200;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    /** How long others wait for a batch of partitions that they are to get: a batch that takes longer waits for something. */
    private static final long HAND_OVER_NANOS = Duration.ofSeconds(5).toNanos();

    /** A second batch is read ahead if it is not a giant. */
    private static final long READ_AHEAD_BYTES = 16 << 20;

    private final Consumer<String, byte[]> consumer;
    private final Function<ConsumerRecord<String, byte[]>, Letter> letters;
    private final BatchHandler handler;
    private final Worker worker;
    private final Assignment.Share share;
    private final Commits commits;

    /** Handed to the worker, the oldest first. */
    private final Deque<Batch> handed = new ArrayDeque<>();

    private Batch filling = new Batch();
    private long headSince;
    private volatile boolean stopping;

    PollLoop(
            Consumer<String, byte[]> consumer,
            Function<ConsumerRecord<String, byte[]>, Letter> letters,
            BatchHandler handler,
            Worker worker,
            Assignment.Share share) {
        this.consumer = consumer;
        this.letters = letters;
        this.handler = handler;
        this.worker = worker;
        this.share = share;
        this.commits = new Commits(consumer);
    }

    /** Ends {@link #run} soon; from any thread. */
    void stop() {
        stopping = true;
    }

    /**
     * Works until it is stopped, and leaves the group then.
     *
     * @throws KafkaException if the membership broke
     */
    void run(List<String> topics) {
        try {
            consumer.subscribe(topics, this);
            while (!stopping) {
                collectDone();
                commits.commit();
                handOver();
                poll();
                share.oldest(oldest());
            }
            leave();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void poll() {
        if (filling.isFull()) {
            consumer.pause(consumer.assignment());
        } else {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience())) {
            filling.add(record, letter(record));
        }
    }

    /** A tombstone holds nothing to count and nothing to keep. */
    private @Nullable Letter letter(ConsumerRecord<String, byte[]> record) {
        return record.value() == null ? null : letters.apply(record);
    }

    private void handOver() {
        boolean ahead = handed.size() == 1
                && filling.isFull()
                && handed.getFirst().bytes() + filling.bytes() <= READ_AHEAD_BYTES;
        if (!filling.isEmpty() && (handed.isEmpty() || ahead)) {
            filling.prepare(handler);
            if (handed.isEmpty()) {
                headSince = System.nanoTime();
            }
            handed.add(filling);
            worker.add(filling);
            filling = new Batch();
        }
    }

    /** Without work until something comes, else a part of the time that the batch has taken so far. */
    private Duration patience() {
        if (handed.isEmpty()) {
            return IDLE;
        }
        long millis = (System.nanoTime() - headSince) / 10_000_000;
        return Duration.ofMillis(Math.clamp(millis, SHORTEST_MILLIS, LONGEST_MILLIS));
    }

    private void collectDone() {
        while (!handed.isEmpty() && handed.getFirst().isDone()) {
            commits.add(handed.removeFirst().offsets());
            headSince = System.nanoTime();
        }
    }

    private long oldest() {
        long oldest = filling.oldest();
        for (Batch batch : handed) {
            oldest = Math.min(oldest, batch.oldest());
        }
        return oldest;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        share.joined(consumer.assignment().size());
    }

    /** What is in work is finished and committed if that is soon; else the next owner does it again, with the same result. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        long deadline = System.nanoTime() + HAND_OVER_NANOS;
        while (isInWork(partitions) && !stopping && System.nanoTime() < deadline) {
            pause(SHORTEST_MILLIS);
        }
        collectDone();
        commits.commitNow(partitions);
        onPartitionsLost(partitions);
    }

    private boolean isInWork(Collection<TopicPartition> partitions) {
        return handed.stream().anyMatch(batch -> !batch.isDone() && batch.isAbout(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        share.joined(Math.max(0, consumer.assignment().size() - partitions.size()));
        commits.forget(partitions);
        filling.forget(partitions);
        handed.forEach(batch -> batch.forget(partitions));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Leaves the group, so that others take over at once, after what is in work if that is soon. A process that dies keeps
     * its place for a while and finds it again.
     */
    private void leave() {
        long deadline = System.nanoTime() + CLOSE.toNanos();
        while (!handed.isEmpty() && !handed.getFirst().isDone() && System.nanoTime() < deadline) {
            pause(SHORTEST_MILLIS);
        }
        collectDone();
        commits.commitNow(consumer.assignment());
        consumer.close(CloseOptions.timeout(CLOSE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
