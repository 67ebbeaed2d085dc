package dev.sealpost.intake.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import dev.sealpost.stream.ReportPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs the drain as long as the server runs: not faster than its rate, and each second while the broker is away. */
@Singleton
class DrainThread {
    private static final Logger LOG = Logger.getLogger(DrainThread.class);
    private static final long IDLE_MILLIS = 100;
    private static final long AWAY_MILLIS = 1_000;

    private final Spool spool;
    private final ReportPublisher publisher;
    private final Clock clock;
    private final int rate;
    private final Counter surprises;
    private final CountDownLatch stop = new CountDownLatch(1);
    private @Nullable Thread thread;

    DrainThread(Spool spool, ReportPublisher publisher, SpoolConfig config, MeterRegistry metrics, Clock clock) {
        this.spool = spool;
        this.publisher = publisher;
        this.clock = clock;
        this.rate = config.drainRate();
        this.surprises = metrics.counter("sealpost.unexpected.errors");
        if (rate < 1) {
            throw new IllegalArgumentException(
                    "sealpost.intake.spool.drain-rate: " + rate + " is too low, allowed are" + " 1 and more");
        }
    }

    /** @param publishes whether this process hands reports to the broker at all; one that does not leaves it alone */
    void start(
            @Observes StartupEvent event,
            @ConfigProperty(name = "standalone.publishes", defaultValue = "true") boolean publishes) {
        if (!publishes) {
            return;
        }
        Step step = spool.disk().map(this::drain).orElseGet(() -> this::probe);
        thread = Thread.ofPlatform().daemon().name("spool-drain").start(() -> run(step));
    }

    /** Does some work, and tells how many letters it delivered. */
    private interface Step {
        int go() throws InterruptedException;
    }

    private Step drain(Spool.Disk disk) {
        try {
            SetAsideFiles aside = new SetAsideFiles(disk.directory());
            aside.retry(spool);
            return new Drain(spool, disk.segments(), publisher, aside, clock)::step;
        } catch (IOException e) {
            throw new UncheckedIOException("sealpost.intake.spool.directory: " + e, e);
        }
    }

    /** Without a spool there is nothing to drain, and still somebody has to ask for the broker. */
    private int probe() {
        if (!publisher.breaker().isClosed()) {
            publisher.reach();
        }
        return 0;
    }

    private void run(Step work) {
        try {
            long pause = 0;
            while (!stop.await(pause, TimeUnit.MILLISECONDS)) {
                pause = step(work);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Milliseconds until the next step. */
    private long step(Step work) throws InterruptedException {
        long begin = System.nanoTime();
        try {
            int delivered = work.go();
            if (delivered > 0) {
                long due = TimeUnit.SECONDS.toNanos(delivered) / rate;
                return Math.max(0, TimeUnit.NANOSECONDS.toMillis(due - (System.nanoTime() - begin)));
            }
        } catch (RuntimeException surprise) {
            surprises.increment();
            LOG.error("the spool could not be drained, trying again", surprise);
            return AWAY_MILLIS;
        }
        return publisher.breaker().isClosed() ? IDLE_MILLIS : AWAY_MILLIS;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop.countDown();
        if (thread != null) {
            thread.join(TimeUnit.SECONDS.toMillis(3));
        }
    }
}
