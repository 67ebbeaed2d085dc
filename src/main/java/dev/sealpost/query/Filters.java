package dev.sealpost.query;

import static dev.sealpost.http.Parameter.many;
import static dev.sealpost.http.Parameter.one;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jakarta.inject.Singleton;

import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Problem;
import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.DomainName;
import dev.sealpost.report.ResultClass;
import dev.sealpost.store.DomainScope;
import dev.sealpost.store.Filter;
import dev.sealpost.store.Network;
import dev.sealpost.watch.WatchState;
import dev.sealpost.watch.WatchedDomains;

/** Reads the filters that the questions have in common. */
@Singleton
class Filters {
    static final Parameter DOMAIN = many("domain", "Policy domain, as A-label or U-label.", List.of());
    static final Parameter FROM = one("from", "First UTC day (2026-11-23); 29 days before `to` if absent.");
    static final Parameter TO = one("to", "Last UTC day, included; today if absent.");
    static final Parameter ORGANIZATION =
            many("organization", "Reporter by the name it gives itself, in any case.", List.of());
    static final Parameter POLICY_TYPE =
            many("policyType", "Type of the policy applied.", List.of("sts", "tlsa", "no-policy-found"));
    static final Parameter RESULT_TYPE =
            many("resultType", "Result type (RFC 8460, section 4.3), unregistered ones too.", List.of());
    static final Parameter RESULT_CLASS = many(
            "resultClass",
            "Class of the result type: what has to be looked at.",
            Arrays.stream(ResultClass.values()).map(ResultClass::label).toList());
    static final Parameter RECEIVING_MX_HOSTNAME =
            many("receivingMxHostname", "Receiving MX host as reported.", List.of());
    static final Parameter RECEIVING_IP =
            many("receivingIp", "Address of the receiving MX, or a network (192.0.2.0/24).", List.of());
    static final Parameter SENDING_MTA_IP =
            many("sendingMtaIp", "Address of the sending MTA, or a network (2001:db8::/32).", List.of());
    static final Parameter CHANNEL = many(
            "channel",
            "Door the report came through.",
            Arrays.stream(Channel.values()).map(Channel::label).toList());
    static final Parameter PROVENANCE = many(
            "provenance",
            "What was verified of who sent the report.",
            Arrays.stream(Provenance.values()).map(Provenance::label).toList());

    /** All filters. */
    static final List<Parameter> ALL = List.of(
            DOMAIN,
            FROM,
            TO,
            ORGANIZATION,
            POLICY_TYPE,
            RESULT_TYPE,
            RESULT_CLASS,
            RECEIVING_MX_HOSTNAME,
            RECEIVING_IP,
            SENDING_MTA_IP,
            CHANNEL,
            PROVENANCE,
            WatchState.PARAMETER);

    /** Those that summaries of policies know. */
    static final List<Parameter> OF_SESSIONS =
            List.of(DOMAIN, FROM, TO, ORGANIZATION, POLICY_TYPE, CHANNEL, PROVENANCE, WatchState.PARAMETER);

    private static final int DEFAULT_DAYS = 30;
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final String NETWORK = "an address or a network such as 192.0.2.0/24 or 2001:db8::/32";

    private final WatchedDomains watched;
    private final Clock clock;

    Filters(WatchedDomains watched, Clock clock) {
        this.watched = watched;
        this.clock = clock;
    }

    /** The UTC day it is. */
    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /**
     * The filter of a request.
     *
     * @throws dev.sealpost.http.ProblemException if a parameter cannot be read
     */
    Filter read(Parameters parameters) {
        LocalDate to = parameters.day(TO).orElseGet(this::today);
        LocalDate from = parameters.day(FROM).orElseGet(() -> daysBefore(to));
        if (from.isAfter(to)) {
            throw Problem.badParameter(FROM.name(), "from (" + from + ") must not be after to (" + to + ")", List.of())
                    .exception();
        }
        return new Filter(
                domains(parameters),
                from,
                to,
                Set.copyOf(new HashSet<>(parameters.all(ORGANIZATION))),
                new HashSet<>(parameters.all(POLICY_TYPE)),
                lowerCase(parameters, RESULT_TYPE),
                new HashSet<>(parameters.all(RESULT_CLASS, Filters::resultClass, "a class")),
                lowerCase(parameters, RECEIVING_MX_HOSTNAME),
                parameters.all(RECEIVING_IP, Network::parse, NETWORK),
                parameters.all(SENDING_MTA_IP, Network::parse, NETWORK),
                new HashSet<>(parameters.all(CHANNEL, label -> Optional.of(Channel.of(label)), "a channel")),
                new HashSet<>(parameters.all(PROVENANCE, label -> Optional.of(Provenance.of(label)), "a provenance")));
    }

    /** No day lies before the year 1, which is the first that is written with digits. */
    private static LocalDate daysBefore(LocalDate to) {
        LocalDate from = to.minusDays(DEFAULT_DAYS - 1);
        return from.isBefore(FIRST_DAY) ? FIRST_DAY : from;
    }

    private DomainScope domains(Parameters parameters) {
        List<String> named = parameters.all(
                DOMAIN, text -> DomainName.parse(text).map(DomainName::value), "a domain such as example.com");
        return watched.scope(parameters.one(WatchState.PARAMETER).map(WatchState::of), named);
    }

    private static Optional<ResultClass> resultClass(String label) {
        return Arrays.stream(ResultClass.values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }

    private static Set<String> lowerCase(Parameters parameters, Parameter parameter) {
        Set<String> values = new HashSet<>();
        parameters.all(parameter).forEach(value -> values.add(value.strip().toLowerCase(Locale.ROOT)));
        return values;
    }
}
