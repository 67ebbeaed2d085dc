package dev.sealpost.outbound;

import org.jspecify.annotations.Nullable;

/** Nothing was answered; the message is one line fit to be shown to whoever chose the address. */
public final class OutboundException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private OutboundException(String message, boolean refused, @Nullable Throwable cause) {
        super(message, cause);
        this.refused = refused;
    }

    /** The guard does not go there. */
    static OutboundException refused(String message) {
        return new OutboundException(message, true, null);
    }

    /** The other side could not be reached, or broke off. */
    static OutboundException failed(String message, @Nullable Throwable cause) {
        return new OutboundException(message, false, cause);
    }

    /** Whether the guard does not go there. */
    public boolean isRefused() {
        return refused;
    }
}
