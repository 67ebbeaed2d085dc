package dev.sealpost.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.Vertx;

/** The way out with names of one's own, and short deadlines. */
public final class OutboundForTests {
    private static final Vertx VERTX = Vertx.vertx();

    private OutboundForTests() {}

    record Config(Optional<List<String>> allow, Optional<Path> trust, Duration connectTimeout, Duration timeout)
            implements OutboundConfig {}

    /** Names that are not asked of the system; others do not exist. */
    static final class Known extends Names {
        private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
        private final Map<String, Integer> questions = new ConcurrentHashMap<>();

        Known with(String name, String... literals) {
            addresses.put(name, List.of(literals));
            return this;
        }

        int asked(String name) {
            return questions.getOrDefault(name, 0);
        }

        @Override
        List<InetAddress> lookUp(String host) throws UnknownHostException {
            questions.merge(host, 1, Integer::sum);
            List<String> known = addresses.get(host);
            if (known == null) {
                // Literal addresses, in whatever form the system reads them.
                if (host.matches("[0-9a-fx.:]+")) {
                    return super.lookUp(host);
                }
                throw new UnknownHostException(host);
            }
            List<InetAddress> found = new ArrayList<>();
            for (String literal : known) {
                // With its name, as the system gives it.
                found.add(InetAddress.getByAddress(
                        host, InetAddress.ofLiteral(literal).getAddress()));
            }
            return found;
        }
    }

    static Outbound with(Names names, Optional<Path> trust, String... allow) {
        Config config =
                new Config(Optional.of(List.of(allow)), trust, Duration.ofMillis(700), Duration.ofMillis(1_500));
        return new Outbound(config, names, new Caller(VERTX, config));
    }

    /** To this machine alone, for receivers of tests. */
    public static Outbound toLoopback() {
        return with(new Names(), Optional.empty(), "127.0.0.0/8");
    }
}
