package dev.sealpost.intake.mailbox;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** UIDs that are done, as few ranges: whatever the order of reading, a mailbox is remembered in a few bytes. */
final class DoneUids {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}(:\\d{1,18})?(,\\d{1,18}(:\\d{1,18})?)*)?");

    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    private DoneUids() {}

    /**
     * The set of a text such as {@code 1:500,503}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static DoneUids parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("no set of UIDs");
        }
        DoneUids set = new DoneUids();
        for (String range : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] ends = range.split(":", -1);
            set.add(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
        }
        return set;
    }

    boolean contains(long uid) {
        Map.Entry<Long, Long> range = ranges.floorEntry(uid);
        return range != null && range.getValue() >= uid;
    }

    void add(long uid) {
        add(uid, uid);
    }

    private void add(long first, long last) {
        long start = first;
        long end = last;
        Map.Entry<Long, Long> before = ranges.floorEntry(start);
        if (before != null && before.getValue() >= start - 1) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        for (Map.Entry<Long, Long> next = ranges.ceilingEntry(start);
                next != null && next.getKey() <= end + 1;
                next = ranges.ceilingEntry(start)) {
            end = Math.max(end, next.getValue());
            ranges.remove(next.getKey());
        }
        ranges.put(start, end);
    }

    /** Makes one range of those without an open UID between them: what is not there will never be (RFC 3501, 2.3.1.1). */
    void join(List<Long> open) {
        NavigableMap<Long, Long> sorted = new TreeMap<>();
        open.forEach(uid -> sorted.put(uid, uid));
        Map.Entry<Long, Long> range = ranges.firstEntry();
        if (range != null && sorted.lowerKey(range.getKey()) == null) {
            add(1, range.getKey());
            range = ranges.firstEntry();
        }
        while (range != null) {
            Map.Entry<Long, Long> next = ranges.higherEntry(range.getKey());
            if (next != null) {
                Long between = sorted.higherKey(range.getValue());
                if (between == null || between > next.getKey()) {
                    add(range.getKey(), next.getValue());
                    next = ranges.floorEntry(next.getKey());
                }
            }
            range = next;
        }
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return ranges.entrySet().stream()
                .map(range -> range.getKey().equals(range.getValue())
                        ? "" + range.getKey()
                        : range.getKey() + ":" + range.getValue())
                .collect(Collectors.joining(","));
    }
}
