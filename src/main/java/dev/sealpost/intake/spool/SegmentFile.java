package dev.sealpost.intake.spool;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment's file, named after the number of its first record and its marker.
 *
 * @param path where it is
 * @param first number of the first record
 * @param marker what its records begin with
 */
record SegmentFile(Path path, long first, long marker) {
    static final Comparator<SegmentFile> OLDEST_FIRST =
            Comparator.comparingLong(SegmentFile::first).thenComparing(segment -> segment.path.toString());

    private static final Pattern NAME = Pattern.compile("([0-9a-f]{16})-([0-9a-f]{16})[.]spool");

    static SegmentFile named(Path directory, long first, long marker) {
        return new SegmentFile(directory.resolve("%016x-%016x.spool".formatted(first, marker)), first, marker);
    }

    /** The segment of this path; empty if its name is not one of a segment. */
    static Optional<SegmentFile> of(Path path) {
        Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            return Optional.empty();
        }
        long first = Long.parseUnsignedLong(name.group(1), 16);
        return first < 0
                ? Optional.empty()
                : Optional.of(new SegmentFile(path, first, Long.parseUnsignedLong(name.group(2), 16)));
    }
}
