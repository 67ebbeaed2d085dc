package dev.sealpost.stream;

import java.time.Duration;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The topics. Everything else of Kafka (security above all) goes to the client as {@code kafka.*}. */
@ConfigMapping(prefix = "sealpost.kafka")
public interface StreamConfig {
    /** What all topic names begin with. */
    @WithDefault("tlsrpt")
    String topicPrefix();

    /** Whether topics that are not there are created. */
    @WithDefault("true")
    boolean createTopics();

    /** Partitions of a topic that is created: how many aggregators can work at once. */
    @WithDefault("6")
    int partitions();

    /** On how many partitions an aggregator works at the same time, 1 to 8; on fewer if the heap has not 200 MB for each. */
    @WithDefault("2")
    int consumers();

    /** Replicas of a topic that is created; -1 takes the broker's default. */
    @WithDefault("-1")
    short replication();

    /** How long a topic that is created keeps records: the time there is to repair the database. */
    @WithDefault("7d")
    Duration retention();

    /**
     * Largest record taken: the largest report that a door takes, and its headers. A topic that is there already must take
     * as much.
     */
    @WithDefault("34M")
    MemorySize maxMessage();

    /** {@link #maxMessage} in bytes. */
    default int maxMessageBytes() {
        return Math.toIntExact(maxMessage().asLongValue());
    }

    /** Reports, one a record. */
    default String reports() {
        return topicPrefix() + ".reports";
    }

    /** What could not be read, on its way to the quarantine. */
    default String deadLetters() {
        return reports() + ".dead-letter";
    }

    /** Alerts, for those who want them there. */
    default String alerts() {
        return topicPrefix() + ".alerts";
    }
}
