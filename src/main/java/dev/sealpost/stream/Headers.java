package dev.sealpost.stream;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.MailClaims;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.OriginConfig;
import dev.sealpost.origin.OriginSeal;
import dev.sealpost.origin.Provenance;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A record's headers: the attributes of a CloudEvent in binary mode, and the sealed origin. */
@Singleton
class Headers {
    static final String REASON = "sealpost_reason";
    static final String DETAIL = "sealpost_detail";
    private static final String REPORT = "application/tlsrpt+json";
    private static final String TYPE = "dev.sealpost.tlsrpt.received";
    private static final String ID = "ce_id";
    private static final String TIME = "ce_time";
    private static final String CHANNEL = "sealpost_channel";
    private static final String SOURCE = "sealpost_source";
    private static final String PROVENANCE = "sealpost_provenance";
    private static final String TENANT = "sealpost_tenant";
    private static final String REPORT_DOMAIN = "sealpost_report_domain";
    private static final String SUBMITTER = "sealpost_submitter";
    private static final String JUDGEMENT = "sealpost_judgement";
    private static final String SEAL = "sealpost_seal";

    private static final int MAX_LABEL_CHARS = 64;
    private static final int MAX_DETAIL_CHARS = 500;

    private final OriginSeal seal;
    private final String reports;

    @Inject
    Headers(OriginConfig config, StreamConfig topics) {
        this(config, topics.reports());
    }

    /** @param reports the reports' topic; what is on any other is a dead letter */
    Headers(OriginConfig config, String reports) {
        this.seal = config.seal();
        this.reports = reports;
    }

    RecordHeaders of(Letter letter) {
        return switch (letter) {
            case Letter.ReportLetter report -> of(report.origin(), report.value(), report.key(), REPORT);
            case Letter.DeadLetter dead -> {
                RecordHeaders headers = of(dead.origin(), dead.value(), dead.reason(), "application/octet-stream");
                add(headers, REASON, dead.reason());
                add(headers, DETAIL, dead.detail());
                yield headers;
            }
        };
    }

    private RecordHeaders of(Origin origin, byte[] value, String subject, String contentType) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, ID, origin.receipt().toString());
        add(headers, "ce_type", TYPE);
        add(headers, "ce_source", "urn:sealpost:" + origin.channel().label());
        add(headers, TIME, origin.received().toString());
        add(headers, "ce_subject", subject);
        add(headers, "content-type", contentType);
        add(headers, CHANNEL, origin.channel().label());
        add(headers, SOURCE, origin.source());
        add(headers, PROVENANCE, origin.provenance().label());
        addKnown(headers, TENANT, origin.tenant());
        MailClaims claims = origin.claims();
        if (claims != null) {
            addKnown(headers, REPORT_DOMAIN, claims.reportDomain());
            addKnown(headers, SUBMITTER, claims.submitter());
            addKnown(headers, JUDGEMENT, claims.judgement());
        }
        add(headers, SEAL, seal.seal(origin, value));
        return headers;
    }

    private static void addKnown(RecordHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            add(headers, name, value);
        }
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The letter of a record on either topic; its value is not null. */
    Letter letter(ConsumerRecord<String, byte[]> record) {
        return record.topic().equals(reports)
                ? report(record)
                : new Letter.DeadLetter(
                        origin(record),
                        record.value(),
                        clean(text(record, REASON), MAX_LABEL_CHARS),
                        clean(text(record, DETAIL), MAX_DETAIL_CHARS));
    }

    /** Not under the seal: whoever may write to the topic may write anything. */
    private static String clean(@Nullable String text, int chars) {
        String printable = Objects.requireNonNullElse(text, "unknown").replaceAll("[^ -~]", "?");
        return printable.substring(0, Math.min(chars, printable.length()));
    }

    /** The letter of a record on the reports' topic. */
    Letter.ReportLetter report(ConsumerRecord<String, byte[]> record) {
        return new Letter.ReportLetter(origin(record), Objects.requireNonNullElse(record.key(), ""), record.value());
    }

    /**
     * The origin of a record. Whoever may write to the topic can leave headers out or invent them: without a seal that
     * holds, the record is one of an unknown peer, and its receipt is made of its place so that it stays the same.
     */
    Origin origin(ConsumerRecord<?, byte[]> record) {
        Origin claimed = claimed(record);
        String made = text(record, SEAL);
        if (claimed != null && made != null && seal.holds(made, claimed, record.value())) {
            return claimed;
        }
        String place = record.topic() + '/' + record.partition() + '/' + record.offset();
        return new Origin(
                UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)),
                Instant.ofEpochMilli(Math.max(0, record.timestamp())),
                Channel.HTTPS,
                "unsealed",
                Provenance.UNVERIFIED,
                null);
    }

    private static @Nullable Origin claimed(ConsumerRecord<?, ?> record) {
        String id = text(record, ID);
        String time = text(record, TIME);
        String channel = text(record, CHANNEL);
        String source = text(record, SOURCE);
        String provenance = text(record, PROVENANCE);
        if (id == null || time == null || channel == null || source == null || provenance == null) {
            return null;
        }
        try {
            return new Origin(
                    UUID.fromString(id),
                    Instant.parse(time),
                    Channel.of(channel),
                    source,
                    Provenance.of(provenance),
                    text(record, TENANT),
                    new MailClaims(text(record, REPORT_DOMAIN), text(record, SUBMITTER), text(record, JUDGEMENT)));
        } catch (IllegalArgumentException | DateTimeException invented) {
            return null;
        }
    }

    static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
