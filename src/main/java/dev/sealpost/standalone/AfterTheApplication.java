package dev.sealpost.standalone;

import java.util.concurrent.TimeUnit;

/**
 * Runs what has to come last when the virtual machine ends. Its shutdown hooks run all at once, in no order, and the
 * application needs database and broker until its own hook is through.
 *
 * @param task what to run then
 */
record AfterTheApplication(Runnable task) implements Runnable {
    private static final String HOOK_OF_QUARKUS = "io.quarkus.runtime.ApplicationLifecycleManager";
    private static final long PATIENCE_MILLIS = 10_000;

    @Override
    public void run() {
        try {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            // The hooks are started one after the other: a first look could come before the application's.
            do {
                TimeUnit.MILLISECONDS.sleep(50);
            } while (applicationIsStopping() && System.nanoTime() < deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        task.run();
    }

    private static boolean applicationIsStopping() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getClass().getName().startsWith(HOOK_OF_QUARKUS));
    }
}
