package dev.sealpost.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;

/** Reads the quarantine. */
@Singleton
public class QuarantineEntries implements PanacheRepositoryBase<QuarantineEntry, UUID> {
    private static final Sort NEWEST = Sort.descending("received", "id");

    /** The newest entries, at most so many. */
    @Transactional
    public List<QuarantineEntry> newest(int limit) {
        return findAll(NEWEST).page(0, limit).list();
    }

    /** The entries that come after one in the order newest first, at most so many. */
    @Transactional
    public List<QuarantineEntry> after(Instant received, UUID id, int limit) {
        return find("received < ?1 or (received = ?1 and id < ?2)", NEWEST, received, id)
                .page(0, limit)
                .list();
    }

    /** The bytes of an entry as they came through the door. */
    @Transactional
    public Optional<byte[]> bytes(UUID id) {
        List<?> found = getEntityManager()
                .createNativeQuery("SELECT bytes FROM quarantine WHERE id = :id", byte[].class)
                .setParameter("id", id)
                .getResultList();
        return found.stream().map(byte[].class::cast).findFirst();
    }
}
