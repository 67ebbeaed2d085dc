package dev.sealpost.standalone;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.apache.kafka.common.utils.Exit;

/** Kafka ends the virtual machine when its disk fails. Here it shares one with intake, so only the broker may end. */
final class BrokerExit {
    private static final AtomicReference<Consumer<String>> LISTENER = new AtomicReference<>(reason -> {});

    private BrokerExit() {}

    /** Hands the reason to the listener instead of ending the process. */
    static void intercept(Consumer<String> listener) {
        LISTENER.set(listener);
        Exit.setExitProcedure(BrokerExit::refuse);
        Exit.setHaltProcedure(BrokerExit::refuse);
    }

    private static void refuse(int status, String message) {
        LISTENER.get().accept(Optional.ofNullable(message).orElse("status " + status));
        throw new BrokerEnded();
    }

    /** Callers of {@link Exit} rely on it not to return. */
    static final class BrokerEnded extends Error {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        BrokerEnded() {
            super("the embedded broker has ended", null, false, false);
        }
    }
}
