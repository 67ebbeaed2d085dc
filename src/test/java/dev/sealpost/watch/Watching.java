package dev.sealpost.watch;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.sealpost.store.Reader;
import dev.sealpost.store.SnapshotFile;
import dev.sealpost.store.TestDatabase;

/** Watched domains on a test's database. */
public final class Watching {
    private Watching() {}

    private record Everything() implements WatchConfig, WatchConfig.Unclaimed {
        @Override
        public Optional<List<String>> domains() {
            return Optional.empty();
        }

        @Override
        public boolean auto() {
            return true;
        }

        @Override
        public Unclaimed unclaimed() {
            return this;
        }

        @Override
        public long perDay() {
            return 10;
        }
    }

    /** Every domain is watched; those that nobody registered are the default tenant's. */
    public static WatchedDomains everything(TestDatabase database, Path directory) {
        RegisteredDomains registered = new RegisteredDomains(
                database.watched(), new SnapshotFile(directory.resolve("domains.snapshot"), 1), Clock.systemUTC());
        return new WatchedDomains(new Everything(), registered, database.watched(), Reader.PROGRAM);
    }
}
