package dev.sealpost.intake.https;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the bytes of bodies that are in memory as they were sent. A body takes room as it arrives and never for what it
 * announces. When there is none, bodies wait unread, those of sources that hold least first; a source that holds much
 * never gets the last quarter. When nothing moves, of the source that holds most the slowest body is cut, so that slow
 * senders cannot keep the others out. Thread safe; callbacks run outside of its lock.
 */
final class BodyRoom {
    /** Time without any body leaving, while others wait, after which one is cut. */
    static final long STUCK_NANOS = 200_000_000L;

    /** More waiting bodies than these are looked through by {@link #tick} alone. */
    private static final int FEW = 64;

    private final long capacity;
    private final LongSupplier nanos;
    private final Map<Prefix, Long> heldBySource = new HashMap<>();
    private final Set<Body> open = new HashSet<>();
    private final List<Waiter> waiting = new ArrayList<>();
    private long held;
    private long lastLeft;

    /**
     * @param capacity bytes in all
     * @param nanos a clock that never goes back
     */
    BodyRoom(long capacity, LongSupplier nanos) {
        this.capacity = capacity;
        this.nanos = nanos;
        this.lastLeft = nanos.getAsLong();
    }

    private record Waiter(Body body, int bytes, Runnable go) {}

    /** One body, from its first byte until its answer. */
    final class Body implements AutoCloseable {
        private final Prefix source;
        private final Runnable cut;
        private final long since = nanos.getAsLong();
        private long size;
        private boolean complete;

        private Body(Prefix source, Runnable cut) {
            this.source = source;
            this.cut = cut;
        }

        /** Takes room, or has {@code go} called as soon as it is taken. */
        boolean take(int bytes, Runnable go) {
            return BodyRoom.this.take(this, bytes, go);
        }

        /** Gives some of its room back. */
        void give(int bytes) {
            BodyRoom.this.give(this, bytes);
        }

        /** It is all there, and is not cut any more. */
        void complete() {
            synchronized (BodyRoom.this) {
                complete = true;
            }
        }

        @Override
        public void close() {
            BodyRoom.this.leave(this);
        }
    }

    /** @param cut ends a body that is in the way; it is closed by its owner as ever */
    Body open(Prefix source, Runnable cut) {
        Body body = new Body(source, cut);
        synchronized (this) {
            open.add(body);
        }
        return body;
    }

    private synchronized boolean take(Body body, int bytes, Runnable go) {
        if (fits(body, bytes)) {
            add(body, bytes);
            return true;
        }
        if (waiting.isEmpty()) {
            lastLeft = nanos.getAsLong();
        }
        waiting.add(new Waiter(body, bytes, go));
        return false;
    }

    private boolean fits(Body body, int bytes) {
        boolean holdsMuch = heldBySource.getOrDefault(body.source, 0L) > capacity / 8;
        return held + bytes <= (holdsMuch ? capacity / 4 * 3 : capacity);
    }

    private void add(Body body, long bytes) {
        held += bytes;
        body.size += bytes;
        heldBySource.merge(body.source, bytes, (before, more) -> before + more == 0 ? null : before + more);
    }

    private void give(Body body, int bytes) {
        List<Runnable> going;
        synchronized (this) {
            add(body, -bytes);
            going = waiting.size() <= FEW ? admit() : List.of();
        }
        going.forEach(Runnable::run);
    }

    private void leave(Body body) {
        List<Runnable> going;
        synchronized (this) {
            if (!open.remove(body)) {
                return;
            }
            add(body, -body.size);
            lastLeft = nanos.getAsLong();
            waiting.removeIf(waiter -> waiter.body == body);
            going = waiting.size() <= FEW ? admit() : List.of();
        }
        going.forEach(Runnable::run);
    }

    /** Lets those in that fit now, the ones of sources that hold least first. */
    private List<Runnable> admit() {
        List<Runnable> going = new ArrayList<>();
        waiting.sort(Comparator.comparingLong(waiter -> heldBySource.getOrDefault(waiter.body.source, 0L)));
        for (Iterator<Waiter> each = waiting.iterator(); each.hasNext(); ) {
            Waiter waiter = each.next();
            if (fits(waiter.body, waiter.bytes)) {
                add(waiter.body, waiter.bytes);
                going.add(waiter.go);
                each.remove();
            }
        }
        return going;
    }

    /** To be called some ten times a second: lets bodies in, and cuts one where nothing moves. */
    void tick() {
        List<Runnable> going;
        Body victim = null;
        synchronized (this) {
            if (waiting.isEmpty()) {
                return;
            }
            going = admit();
            if (going.isEmpty() && nanos.getAsLong() - lastLeft > STUCK_NANOS) {
                victim = slowest();
            }
        }
        going.forEach(Runnable::run);
        if (victim != null) {
            victim.cut.run();
        }
    }

    private @Nullable Body slowest() {
        long now = nanos.getAsLong();
        return open.stream()
                .filter(body -> !body.complete && body.size > 0)
                .max(Comparator.<Body>comparingLong(body -> heldBySource.getOrDefault(body.source, 0L))
                        .thenComparing(
                                Comparator.<Body>comparingDouble(body -> body.size / (double) (1 + now - body.since))
                                        .reversed()))
                .orElse(null);
    }

    /** Bytes in memory now. */
    synchronized long held() {
        return held;
    }
}
