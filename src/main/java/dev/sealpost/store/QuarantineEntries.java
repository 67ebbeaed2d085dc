package dev.sealpost.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import org.hibernate.Session;

/** Reads the quarantine: for who asks, as of all tables, no rows but those that he sees. */
@Singleton
public class QuarantineEntries implements PanacheRepositoryBase<QuarantineEntry, UUID> {
    private static final Sort NEWEST = Sort.descending("received", "id");

    private final Reader reader;

    QuarantineEntries(Reader reader) {
        this.reader = reader;
    }

    /**
     * Which entries are wanted; what is empty asks for nothing.
     *
     * @param reason kebab-case
     * @param channel the kind of door
     * @param source the peer's address, or as the door calls it
     */
    public record Wanted(Optional<String> reason, Optional<String> channel, Optional<String> source) {
        /** All of them. */
        public static final Wanted ALL = new Wanted(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Where a list goes on: after this entry. */
    public record Place(Instant received, UUID id) {}

    /** The newest entries, or those that come after a place in that order, at most so many. */
    @Transactional
    public List<QuarantineEntry> newest(Wanted wanted, Optional<Place> after, int limit) {
        bind();
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, Object> values = new HashMap<>();
        after.ifPresent(place -> {
            conditions.add("(received < :received or (received = :received and id < :id))");
            values.put("received", place.received());
            values.put("id", place.id());
        });
        wanted.reason().ifPresent(reason -> add(conditions, values, "reason", reason));
        wanted.channel().ifPresent(channel -> add(conditions, values, "channel", channel));
        wanted.source().ifPresent(source -> add(conditions, values, "source", source));
        return find(String.join(" and ", conditions), NEWEST, values)
                .page(0, limit)
                .list();
    }

    private static void add(List<String> conditions, Map<String, Object> values, String name, String value) {
        conditions.add(name + " = :" + name);
        values.put(name, value);
    }

    /** One entry. */
    @Transactional
    public Optional<QuarantineEntry> entry(UUID id) {
        bind();
        return findByIdOptional(id);
    }

    /** The bytes of an entry as they came through the door. */
    @Transactional
    public Optional<byte[]> bytes(UUID id) {
        List<?> found = bind().createNativeQuery("SELECT bytes FROM quarantine WHERE id = :id", byte[].class)
                .setParameter("id", id)
                .getResultList();
        return found.stream().map(byte[].class::cast).findFirst();
    }

    private EntityManager bind() {
        EntityManager manager = getEntityManager();
        manager.unwrap(Session.class).doWork(connection -> ReadTransaction.bind(connection, reader));
        return manager;
    }
}
