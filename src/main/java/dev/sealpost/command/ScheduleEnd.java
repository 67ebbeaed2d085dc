package dev.sealpost.command;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;

/** Begins no timed work any more when the process is told to stop: it would find the database closed, and say so. */
@Singleton
class ScheduleEnd {
    private final Scheduler scheduler;

    ScheduleEnd(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stopping) {
        // A command has none.
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }
}
