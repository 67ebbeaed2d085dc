package dev.sealpost.store;

import java.time.Instant;
import java.util.UUID;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Bytes that could not be read or counted, as they are kept; written by {@link ReportStore} alone. */
@Entity
@Immutable
@Table(name = "quarantine")
public class QuarantineEntry {
    /** Made of reason and bytes. */
    @Id
    public UUID id;

    /** Kebab-case. */
    public String reason;

    /** One line for people. */
    public String detail;

    /** When the bytes came last. */
    @Column(name = "received_at")
    public Instant received;

    /** The kind of door. */
    public String channel;

    /** The peer's address, or as the door calls it. */
    public String source;

    /** What was verified at the door. */
    public String provenance;

    /** The tenant of the door; null if it has none. */
    @Nullable
    public String tenant;

    /** How many bytes. */
    public long size;

    /** How often the same bytes came again. */
    public long repeats;
}
