package dev.sealpost.intake.spool;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.stream.Letter;
import dev.sealpost.stream.ReportPublisher;
import org.jboss.logging.Logger;

/**
 * Empties the spool onto the topics, oldest first, a batch at a time. What was delivered is forgotten a whole segment at
 * a time, so a restart delivers some letters again; they carry their receipts and count once. One thread.
 */
final class Drain {
    static final String DAMAGED = "damaged-spool-record";
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final int BATCH_LETTERS = 500;
    private static final long BATCH_BYTES = 4 << 20;

    private final Spool spool;
    private final SpoolReader reader;
    private final ReportPublisher publisher;
    private final Delivery delivery;
    private final Clock clock;
    private List<Letter> unsent = List.of();
    private long upTo;

    Drain(Spool spool, Segments segments, ReportPublisher publisher, SetAsideFiles aside, Clock clock) {
        this.spool = spool;
        this.reader = new SpoolReader(segments);
        this.publisher = publisher;
        this.delivery = new Delivery(publisher, aside);
        this.clock = clock;
    }

    /**
     * Delivers some letters. While the breaker is open it is one, to try whether the broker is back.
     *
     * @return how many letters were delivered; 0 if there are none or the broker does not take them
     */
    int step() throws InterruptedException {
        boolean closed = publisher.breaker().isClosed();
        if (unsent.isEmpty()) {
            load(closed ? BATCH_LETTERS : 1);
        }
        if (unsent.isEmpty()) {
            if (!closed) {
                publisher.reach();
            }
            return 0;
        }
        int count = closed ? unsent.size() : 1;
        List<Letter> left = delivery.deliver(unsent.subList(0, count));
        int delivered = count - left.size();
        left.addAll(unsent.subList(count, unsent.size()));
        unsent = left;
        if (unsent.isEmpty()) {
            spool.drainedTo(upTo, null);
        }
        return delivered;
    }

    private void load(int letters) {
        unsent = new ArrayList<>();
        for (SegmentReader.Entry entry : reader.next(letters, BATCH_BYTES)) {
            switch (entry) {
                case SegmentReader.Damaged damaged -> unsent.add(damaged(damaged.bytes()));
                case SegmentReader.Intact record -> {
                    Letter letter = LetterBytes.read(record.payload());
                    unsent.add(letter == null ? damaged(record.payload()) : letter);
                    upTo = record.sequence() + 1;
                }
            }
        }
        if (!unsent.isEmpty()) {
            spool.drainedTo(
                    Math.max(0, upTo - unsent.size()),
                    unsent.getFirst().origin().received());
        }
    }

    /** Its receipt is made of its bytes, so that it is kept once however often it is drained. */
    private Letter damaged(byte[] bytes) {
        LOG.errorf("%d bytes in the spool are damaged, set aside in the quarantine", bytes.length);
        Origin origin = new Origin(
                UUID.nameUUIDFromBytes(bytes),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Channel.HTTPS,
                "spool",
                Provenance.UNVERIFIED,
                null);
        return new Letter.DeadLetter(origin, bytes, DAMAGED, bytes.length + " bytes of the spool are no record");
    }
}
