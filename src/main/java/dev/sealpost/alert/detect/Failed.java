package dev.sealpost.alert.detect;

import java.util.List;
import java.util.Objects;

import dev.sealpost.report.ResultType;

/**
 * The sessions of a day that failed in one way.
 *
 * @param type why
 * @param sessions how many; never negative
 * @param hosts the receiving MX hostnames that were named, lower case; may be empty, for many reports name none
 * @param networks the sending networks that were named, as evidence; may be empty
 */
public record Failed(ResultType type, long sessions, List<String> hosts, List<String> networks) {
    public Failed {
        Objects.requireNonNull(type, "type");
        sessions = Math.max(sessions, 0);
        hosts = List.copyOf(hosts);
        networks = List.copyOf(networks);
    }

    /** Without details. */
    public Failed(ResultType type, long sessions) {
        this(type, sessions, List.of(), List.of());
    }
}
