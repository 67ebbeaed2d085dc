package dev.sealpost.store;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

/** Who changed what by hand. Nothing is ever taken out of it. */
@Singleton
public class AuditTable {
    private final WriteTransaction writing;

    AuditTable(WriteTransaction writing) {
        this.writing = writing;
    }

    /** An entry with its number. */
    public record Kept(long id, AuditEntry entry) {}

    /** Keeps an entry. */
    public void keep(AuditEntry entry) {
        writing.update(entry.insert());
    }

    /**
     * Entries, newest first.
     *
     * @param tenant the only tenant whose entries are meant; empty is all
     * @param before the number to go on below; empty at the start
     */
    public List<Kept> newest(Optional<String> tenant, Optional<Long> before, int limit) {
        Sql sql = new Sql("SELECT id, at, who, what, subject, tenant FROM audit WHERE true");
        tenant.ifPresent(name -> sql.add(" AND tenant = ?", name));
        before.ifPresent(id -> sql.add(" AND id < ?", id));
        sql.add(" ORDER BY id DESC LIMIT ?", limit);
        // Not as a reader: callers that are bound to a tenant may not read the table, and are told what is theirs here.
        return writing.write(connection -> ReadTransaction.list(connection, sql, row -> {
            @Nullable String whose = row.getString("tenant");
            return new Kept(
                    row.getLong("id"),
                    new AuditEntry(
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getString("who"),
                            row.getString("what"),
                            row.getString("subject"),
                            whose));
        }));
    }
}
