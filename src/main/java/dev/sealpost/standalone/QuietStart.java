package dev.sealpost.standalone;

import java.lang.reflect.Method;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the broker's log to what matters. Before Quarkus has configured logging its log manager takes every level and
 * prints it later, so a part that starts first would print pages of traces.
 */
final class QuietStart {
    /** The log manager holds loggers weakly, and their levels go with them. */
    private static final List<Logger> BROKER = List.of(
            Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"), Logger.getLogger("state.change.logger"));

    /** They warn of what every start and stop of a single node does. */
    private static final List<Logger> TALKATIVE = List.of(
            Logger.getLogger("org.apache.kafka.controller.QuorumController"),
            Logger.getLogger("org.apache.kafka.clients.NetworkClient"));

    private QuietStart() {}

    static void apply() {
        withoutNoticeOfUnsafe();
        BROKER.forEach(logger -> logger.setLevel(Level.WARNING));
        TALKATIVE.forEach(logger -> logger.setLevel(Level.SEVERE));
        Logger root = Logger.getLogger("");
        if (Level.ALL.equals(root.getLevel())) {
            root.setLevel(Level.INFO);
        }
    }

    /**
     * Takes the one notice of the virtual machine about deprecated memory access as given. Kafka 4.1 unmaps its
     * indexes that way; who runs the program can do nothing about it, and {@code java -jar} takes no flag.
     */
    private static void withoutNoticeOfUnsafe() {
        try {
            Method given = Class.forName("sun.misc.Unsafe").getDeclaredMethod("trySetMemoryAccessWarned");
            given.setAccessible(true);
            given.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(QuietStart.class.getName())
                    .log(System.Logger.Level.DEBUG, "The notice will be printed", e);
        }
    }
}
