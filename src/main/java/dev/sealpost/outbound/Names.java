package dev.sealpost.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jakarta.inject.Singleton;

/**
 * Addresses of names, asked once for each call. In threads of their own: the system's resolver blocks a carrier of virtual
 * threads for as long as a name server that somebody chose keeps silent.
 */
@Singleton
class Names {
    private static final int THREADS = 32;

    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("names-", 0).daemon().factory());

    /** All addresses of a name, at least one. */
    List<InetAddress> of(String host, Duration patience) throws OutboundException {
        Future<List<InetAddress>> asked = null;
        try {
            asked = threads.submit(() -> lookUp(host));
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw OutboundException.failed("no address for " + host, e.getCause());
        } catch (TimeoutException | RejectedExecutionException e) {
            throw OutboundException.failed("no answer to the question for the address of " + host, e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw OutboundException.failed("the server is stopping", stopping);
        } finally {
            if (asked != null) {
                asked.cancel(true);
            }
        }
    }

    /** As the system knows it. */
    List<InetAddress> lookUp(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
