package dev.sealpost.report;

import java.util.concurrent.ArrayBlockingQueue;

/** A bounded pool, not thread-locals: with virtual threads there are many threads but few at work. */
final class WorkspacePool {
    private final ArrayBlockingQueue<Workspace> idle;

    WorkspacePool(int size) {
        idle = new ArrayBlockingQueue<>(size);
    }

    Workspace acquire() {
        Workspace workspace = idle.poll();
        return workspace == null ? new Workspace() : workspace;
    }

    void release(Workspace workspace) {
        workspace.clear();
        if (!idle.offer(workspace)) {
            workspace.end();
        }
    }
}
