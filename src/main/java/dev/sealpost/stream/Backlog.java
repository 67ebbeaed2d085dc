package dev.sealpost.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.smallrye.common.annotation.Identifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** What waits on the topics for the tables, whichever process consumes them. */
@Singleton
@Unremovable
public class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final int POLL_MILLIS = 100;

    private final StreamConfig config;
    private final Map<String, Object> client;

    Backlog(StreamConfig config, @Identifier("default-kafka-broker") Map<String, Object> client) {
        this.config = config;
        this.client = client;
    }

    /**
     * Waits until all that is on the topics now is in the tables.
     *
     * @param patience how long to wait while nothing moves
     * @return false if patience ended first, or the broker does not answer
     */
    public boolean await(Duration patience) throws InterruptedException {
        try (Admin admin = Admin.create(new HashMap<>(client))) {
            GroupOffsets now = GroupOffsets.of(admin, List.of(config.reports(), config.deadLetters()));
            long least = Long.MAX_VALUE;
            long since = System.nanoTime();
            while (true) {
                Map<TopicPartition, Long> next = now.next();
                long left = now.left(next, config.reports()) + now.left(next, config.deadLetters());
                if (left == 0) {
                    return true;
                }
                if (left < least) {
                    least = left;
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > patience.toNanos()) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (ExecutionException e) {
            LOG.warnf("Kafka does not tell what waits on its topics: %s", e.getCause());
            return false;
        }
    }
}
