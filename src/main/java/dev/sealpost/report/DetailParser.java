package dev.sealpost.report;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import org.jspecify.annotations.Nullable;

/** One element of {@code failure-details} (RFC 8460, section 4.4). */
final class DetailParser {
    private final JsonParser json;
    private final JsonFactory factory;
    private final Set<Flag> flags;
    private final Attempts attempts;
    private final Seen seen;
    private @Nullable ResultType resultType;
    private @Nullable String sendingMtaIp;
    private @Nullable String receivingMxHostname;
    private @Nullable String hostnameAlias;
    private @Nullable String receivingMxHelo;
    private @Nullable String receivingIp;
    private long failedSessionCount = Counts.MISSING;
    private @Nullable String additionalInformation;
    private @Nullable String informationAlias;
    private @Nullable String failureReasonCode;

    DetailParser(JsonParser json, JsonFactory factory, Set<Flag> flags, Attempts attempts) {
        this.json = json;
        this.factory = factory;
        this.flags = flags;
        this.attempts = attempts;
        this.seen = new Seen(flags);
    }

    /** Reads the object whose beginning is the current token. */
    FailureDetail read() throws IOException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            readMember(name);
        }
        if (resultType == null) {
            flags.add(Flag.NO_RESULT_TYPE);
        }
        if (failedSessionCount == Counts.MISSING) {
            flags.add(Flag.NO_FAILED_COUNT);
        }
        return new FailureDetail(
                resultType,
                sendingMtaIp,
                receivingMxHostname == null ? hostnameAlias : receivingMxHostname,
                receivingMxHelo,
                receivingIp,
                // An entry stands for at least one session.
                Counts.orNull(failedSessionCount, 1),
                additionalInformation == null ? informationAlias : additionalInformation,
                failureReasonCode);
    }

    private void readMember(String name) throws IOException {
        switch (name) {
            case "result-type" -> {
                seen.add(1);
                resultType = resultType();
            }
            case "sending-mta-ip" -> {
                seen.add(1 << 1);
                sendingMtaIp = ip();
            }
            case "receiving-mx-hostname" -> {
                seen.add(1 << 2);
                receivingMxHostname = host();
            }
            case "receiving-mx-host-name" -> {
                // SocketLabs, 2020.
                flags.add(Flag.ALIAS);
                hostnameAlias = host();
            }
            case "receiving-mx-helo" -> {
                seen.add(1 << 3);
                receivingMxHelo = helo();
            }
            case "receiving-ip" -> {
                seen.add(1 << 4);
                receivingIp = ip();
            }
            case "failed-session-count" -> {
                seen.add(1 << 5);
                failedSessionCount = Counts.read(json, flags);
            }
            case "additional-information" -> {
                seen.add(1 << 6);
                additionalInformation = information();
            }
            case "additional-info-uri" -> {
                // The name in the RFC's text (section 4.4); the one in its schema wins.
                flags.add(Flag.ALIAS);
                informationAlias = information();
            }
            case "failure-reason-code" -> {
                seen.add(1 << 7);
                failureReasonCode = Values.textOrAbsent(json, Limits.MAX_TEXT_CHARS, flags);
            }
            default -> json.skipChildren();
        }
    }

    private @Nullable ResultType resultType() throws IOException {
        String raw = Values.rawText(json, flags);
        if (raw == null) {
            return null;
        }
        // Nearly always one of the eleven, which needs no healing.
        ResultType known = ResultType.registered(raw);
        if (known != null) {
            return known;
        }
        String text = PolicyTerms.type(raw, flags);
        if (text == null) {
            return null;
        }
        ResultType type = ResultType.of(text);
        if (!type.registered()) {
            flags.add(Flag.UNKNOWN_RESULT_TYPE);
        }
        return type;
    }

    private @Nullable String ip() throws IOException {
        String raw = Values.rawText(json, flags);
        if (raw == null || IpText.isCanonical(raw)) {
            return raw;
        }
        String text = Values.clean(raw, Limits.MAX_TEXT_CHARS, flags);
        return text == null ? null : IpText.canonical(text, flags);
    }

    private @Nullable String host() throws IOException {
        String raw = Values.rawText(json, flags);
        if (raw == null || DomainText.isHost(raw)) {
            return raw;
        }
        String text = Values.clean(raw, Limits.MAX_TEXT_CHARS, flags);
        return text == null ? null : DomainText.host(text, flags, attempts);
    }

    private @Nullable String helo() throws IOException {
        String raw = Values.rawText(json, flags);
        if (raw == null) {
            return null;
        }
        // Postfix hosts put the whole multi-line EHLO answer here.
        String text = Text.cleanLines(raw, Limits.MAX_HELO_CHARS, flags);
        if (text.isBlank()) {
            flags.add(Flag.EMPTY_FIELD);
            return null;
        }
        return text;
    }

    private @Nullable String information() throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT, START_ARRAY -> {
                flags.add(Flag.NOT_A_STRING);
                yield JsonText.of(json, factory, Limits.MAX_TEXT_CHARS, flags);
            }
            default -> Values.textOrAbsent(json, Limits.MAX_TEXT_CHARS, flags);
        };
    }
}
