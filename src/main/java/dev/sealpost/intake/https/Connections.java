package dev.sealpost.intake.https;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts open connections, in all and by source. One source may have so many, its wider prefix a quarter of all; proxies
 * of ours are held to the sum only. The table has one entry a connected source and no more.
 */
final class Connections {
    private final ConcurrentMap<Prefix, Integer> bySource = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final Networks proxies;
    private final int most;
    private final int mostOfSource;

    /**
     * @param most connections in all
     * @param mostOfSource connections of one source
     */
    Connections(Networks proxies, int most, int mostOfSource) {
        if (mostOfSource < 1) {
            throw new IllegalArgumentException(
                    "sealpost.intake.max-connections-per-source: '" + mostOfSource + "', allowed are numbers from 1");
        }
        this.proxies = proxies;
        this.most = most;
        this.mostOfSource = mostOfSource;
    }

    /** Counts a connection; false if it is one too many, and is not counted. */
    boolean open(InetAddress peer) {
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            return false;
        }
        if (proxies.contain(peer)) {
            return true;
        }
        if (!add(Prefix.narrow(peer), mostOfSource)) {
            all.decrementAndGet();
            return false;
        }
        if (!add(Prefix.wide(peer), Math.max(mostOfSource, most / 4))) {
            remove(Prefix.narrow(peer));
            all.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Forgets a connection that was counted. */
    void close(InetAddress peer) {
        all.decrementAndGet();
        if (!proxies.contain(peer)) {
            remove(Prefix.narrow(peer));
            remove(Prefix.wide(peer));
        }
    }

    private boolean add(Prefix prefix, int limit) {
        boolean[] added = new boolean[1];
        bySource.compute(prefix, (key, count) -> {
            int before = count == null ? 0 : count;
            added[0] = before < limit;
            return added[0] ? Integer.valueOf(before + 1) : count;
        });
        return added[0];
    }

    private void remove(Prefix prefix) {
        bySource.computeIfPresent(prefix, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Open connections. */
    int size() {
        return all.get();
    }

    /** Entries of the table. */
    int sources() {
        return bySource.size();
    }
}
