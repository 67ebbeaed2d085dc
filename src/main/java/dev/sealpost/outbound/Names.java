package dev.sealpost.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jakarta.inject.Singleton;

import dev.sealpost.outbound.Outbound.Chooser;

/**
 * Addresses of names, asked once for each call. In threads of their own: the system's resolver blocks a carrier of virtual
 * threads for as long as a name server that somebody chose keeps silent. Nobody has more than {@link #AT_ONCE} of them, and
 * the operator's are not given to tenants.
 */
@Singleton
class Names {
    static final int AT_ONCE = 4;

    private static final int OF_TENANTS = 28;

    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("names-", 0).daemon().factory());

    private final Semaphore tenants = new Semaphore(OF_TENANTS);
    private final Map<Chooser, Semaphore> choosers = new ConcurrentHashMap<>();

    /** All addresses of a name, at least one. */
    List<InetAddress> of(String host, Chooser chooser, Duration patience) throws OutboundException {
        long end = System.nanoTime() + patience.toNanos();
        Semaphore own = choosers.computeIfAbsent(chooser, _ -> new Semaphore(AT_ONCE));
        List<Semaphore> turns = chooser.isOperator() ? List.of(own) : List.of(own, tenants);
        try {
            await(turns, end);
            CompletableFuture<List<InetAddress>> asked = new CompletableFuture<>();
            threads.execute(() -> ask(host, asked, turns));
            return asked.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw OutboundException.failed("no address for " + host, e.getCause());
        } catch (TimeoutException e) {
            throw OutboundException.failed("no answer to the question for the address of " + host, e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw OutboundException.failed("the server is stopping", stopping);
        }
    }

    /** Takes all turns or none. */
    private static void await(List<Semaphore> turns, long end) throws InterruptedException, TimeoutException {
        List<Semaphore> taken = new ArrayList<>();
        try {
            for (Semaphore turn : turns) {
                if (!turn.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new TimeoutException("too many questions wait for their answers");
                }
                taken.add(turn);
            }
        } catch (InterruptedException | TimeoutException e) {
            taken.forEach(Semaphore::release);
            throw e;
        }
    }

    /** The turn ends with the question, whether or not somebody still waits for the answer. */
    private void ask(String host, CompletableFuture<List<InetAddress>> asked, List<Semaphore> turns) {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (InetAddress address : lookUp(host)) {
                // Without the name: no call is to meet the address of another call under it.
                addresses.add(InetAddress.getByAddress(address.getAddress()));
            }
            asked.complete(List.copyOf(addresses));
        } catch (UnknownHostException | RuntimeException e) {
            asked.completeExceptionally(e);
        } finally {
            turns.forEach(Semaphore::release);
        }
    }

    /** As the system knows it. */
    List<InetAddress> lookUp(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
