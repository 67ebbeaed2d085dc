package dev.sealpost.intake.https;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Lets few bodies of a source that is over its budget be read at a time, so that it cannot occupy the processors; the
 * others wait as they came. Holds lanes only of sources that are at work. Thread safe.
 */
final class Lanes {
    /** Bodies of one source read at a time. */
    static final int WIDTH = 2;

    /** Bodies of one source that wait; the connections a source may have all find a place. */
    static final int QUEUE = 256;

    /** Bodies of all these sources read at a time: half of the processors are for the others. */
    private static final int ALL = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Semaphore processors = new Semaphore(ALL, true);
    private final ConcurrentMap<Prefix, Lane> lanes = new ConcurrentHashMap<>();
    private final Duration patience;

    /** @param patience how long a body waits for its turn */
    Lanes(Duration patience) {
        this.patience = patience;
    }

    private static final class Lane {
        final Semaphore width = new Semaphore(WIDTH, true);

        /** Bodies in it, waiting or at work; guarded by the map's entry. */
        int users;
    }

    /** A place in a lane, to be given back. */
    final class Turn implements AutoCloseable {
        private final Prefix source;
        private final Lane lane;
        private final boolean processor;

        private Turn(Prefix source, Lane lane, boolean processor) {
            this.source = source;
            this.lane = lane;
            this.processor = processor;
        }

        @Override
        public void close() {
            if (processor) {
                processors.release();
            }
            lane.width.release();
            leave(source);
        }
    }

    /** Waits for a turn; null if there is no place to wait, or none came in time. */
    @Nullable
    Turn enter(Prefix source) throws InterruptedException {
        Lane lane = join(source);
        if (lane == null) {
            return null;
        }
        boolean place = false;
        Turn turn = null;
        try {
            place = lane.width.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (place) {
                // So many sources at once that this is in vain make none of them wait for ever.
                boolean processor = processors.tryAcquire(patience.toNanos() / 2, TimeUnit.NANOSECONDS);
                turn = new Turn(source, lane, processor);
            }
            return turn;
        } finally {
            if (turn == null) {
                if (place) {
                    lane.width.release();
                }
                leave(source);
            }
        }
    }

    private @Nullable Lane join(Prefix source) {
        boolean[] joined = new boolean[1];
        Lane lane = lanes.compute(source, (key, present) -> {
            Lane open = present == null ? new Lane() : present;
            joined[0] = open.users < WIDTH + QUEUE;
            if (joined[0]) {
                open.users++;
            }
            return open;
        });
        return joined[0] ? lane : null;
    }

    private void leave(Prefix source) {
        lanes.computeIfPresent(source, (key, lane) -> --lane.users == 0 ? null : lane);
    }

    /** Sources with bodies waiting or at work. */
    int size() {
        return lanes.size();
    }
}
