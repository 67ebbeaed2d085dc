package dev.sealpost.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks the resolvers of the system: each twice, in turn, with an equal share of the time that is left; over TCP where an
 * answer did not fit. That an answer was verified (RFC 4035, section 3.2.3) is believed of a resolver on this machine only:
 * on the way from any other the bit could be forged.
 */
@Singleton
public final class SystemResolver implements Resolver {
    private static final int MAX_SERVERS = 3;
    private static final int ROUNDS = 2;

    private final Supplier<List<InetSocketAddress>> servers;
    private final LongSupplier nanoTime;

    /** Asks nothing and reads nothing yet. */
    @Inject
    public SystemResolver() {
        this(() -> ResolverConfig.getCurrentConfig().servers(), System::nanoTime);
    }

    SystemResolver(Supplier<List<InetSocketAddress>> servers, LongSupplier nanoTime) {
        this.servers = servers;
        this.nanoTime = nanoTime;
    }

    @Override
    public Texts texts(String name, Duration atMost) {
        long deadline = nanoTime.getAsLong() + atMost.toNanos();
        Name owner;
        try {
            owner = Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            return new Texts.Malformed("not a name");
        }
        try {
            return texts(owner, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Texts.Temporary("interrupted");
        }
    }

    private Texts texts(Name owner, long deadline) throws InterruptedException {
        Texts last = new Texts.Temporary("no resolver is configured");
        List<InetSocketAddress> tries = tries();
        for (int i = 0; i < tries.size(); i++) {
            long share = (deadline - nanoTime.getAsLong()) / (tries.size() - i);
            if (share <= 0) {
                return last instanceof Texts.Malformed ? last : new Texts.Temporary("no answer in time");
            }
            last = ask(tries.get(i), owner, share);
            if (last instanceof Texts.Found || last instanceof Texts.Absent) {
                return last;
            }
        }
        return last;
    }

    private List<InetSocketAddress> tries() {
        List<InetSocketAddress> known = servers.get();
        List<InetSocketAddress> tries = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            tries.addAll(known.subList(0, Math.min(MAX_SERVERS, known.size())));
        }
        return tries;
    }

    private static Texts ask(InetSocketAddress server, Name owner, long nanos) throws InterruptedException {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(Duration.ofNanos(nanos));
        Message query = Message.newQuery(Record.newRecord(owner, Type.TXT, DClass.IN));
        // Asks to be told whether it was verified, without the signatures (RFC 6840, section 5.7).
        query.getHeader().setFlag(Flags.AD);
        CompletableFuture<Message> answer =
                resolver.sendAsync(query, Runnable::run).toCompletableFuture();
        try {
            // The time-out above holds for UDP and then once more for TCP.
            Message message = answer.get(nanos, TimeUnit.NANOSECONDS);
            boolean local = server.getAddress() != null && server.getAddress().isLoopbackAddress();
            return Answer.read(message, owner, local);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Texts.Temporary("no answer in time");
        } catch (ExecutionException e) {
            return e.getCause() instanceof IOException
                    ? new Texts.Temporary("no answer in time")
                    : new Texts.Malformed("an answer that cannot be read");
        } catch (RuntimeException e) {
            return new Texts.Malformed("an answer that cannot be read");
        }
    }
}
