package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;

/** Locks by name, held in the database: of all processes one at a time. */
@Singleton
public class Locks {
    /** Who changes keys. */
    static final long KEYS = 0x5ea1_0001L;

    /** Who changes watched domains. */
    static final long DOMAINS = 0x5ea1_0002L;

    /** Shared by those who judge reports by the watched domains, alone for who wants to know that they are done. */
    static final long JUDGING = 0x5ea1_0003L;

    /** Shared by those who attribute policies of MX hosts, alone for who attributes them again after a change. */
    static final long HOSTS = 0x5ea1_0005L;

    /** Who adds channels. */
    static final long CHANNELS = 0x5ea1_0018L;

    /** Who says which channels are told of a notice. */
    static final long ROUTING = 0x5ea1_0019L;

    /** Shared by those who store reports, alone for who decides what becomes of one. */
    static final long STORING = 0x5ea1_0007L;

    /** The first of those under which versions of reports without a domain are decided. */
    static final long DECIDING = 0x5ea1_1000L;

    /** Who reads the topic again for claimed domains. */
    private static final long REPLAY = 0x5ea1_0004L;

    /** Who makes and drops partitions and seals old reports. */
    private static final long UPKEEP = 0x5ea1_0006L;

    private final AgroalDataSource database;

    Locks(AgroalDataSource database) {
        this.database = database;
    }

    /** What is done under a lock. */
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    /**
     * Does the work of a replay, unless another process does it now. A process that dies or loses the database loses the
     * lock too, so the work may begin elsewhere before it has ended here: it must not mind.
     *
     * @return whether the work was done here
     */
    public boolean whileReplaying(Work work) throws InterruptedException {
        return alone(REPLAY, work);
    }

    /** Does the upkeep of the tables, unless another process does it now; as {@link #whileReplaying}. */
    public boolean whileKeeping(Work work) throws InterruptedException {
        return alone(UPKEEP, work);
    }

    private boolean alone(long key, Work work) throws InterruptedException {
        try (Connection connection = database.getConnection()) {
            if (!ask(connection, "SELECT pg_try_advisory_lock(?)", key)) {
                return false;
            }
            try {
                work.run();
                return true;
            } finally {
                ask(connection, "SELECT pg_advisory_unlock(?)", key);
            }
        } catch (SQLException e) {
            throw StoreUnavailableException.of(e);
        }
    }

    private static boolean ask(Connection connection, String sql, long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** Waits for the lock and holds it until the transaction ends. */
    static void hold(Connection connection, long key) throws SQLException {
        take(connection, "SELECT pg_advisory_xact_lock(?)", key);
    }

    /** Waits for the lock and shares it until the transaction ends. */
    static void share(Connection connection, long key) throws SQLException {
        take(connection, "SELECT pg_advisory_xact_lock_shared(?)", key);
    }

    private static void take(Connection connection, String sql, long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key);
            statement.execute();
        }
    }
}
