package dev.sealpost.notify;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.sealpost.http.Problem;
import dev.sealpost.http.ProblemException;
import dev.sealpost.outbound.Target;
import dev.sealpost.store.KeyTable;
import org.jspecify.annotations.Nullable;

/** Reads what is wanted of a channel; what cannot be is a problem that names the member. */
final class Wishes {
    private static final int MAX_NAME = 100;
    private static final int MAX_TO = 20;
    private static final int MAX_DOMAINS = 1_000;
    private static final int MAX_PER_HOUR = 100;
    private static final int MAX_TOKEN = 1_000;

    /** Plain addresses alone: nothing in them can end a header or a command. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9_%+=-]+(?:\\.[A-Za-z0-9_%+=-]+)*@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*");

    private static final Pattern TIME = Pattern.compile("\\d{2}:\\d{2}");

    private Wishes() {}

    static ProblemException wrong(String member, String detail, List<String> allowed) {
        return Problem.badParameter(member, member + " must be " + detail, allowed)
                .exception();
    }

    static ChannelType type(Wanted wanted) {
        return Optional.ofNullable(wanted.type())
                .flatMap(ChannelType::of)
                .orElseThrow(
                        () -> wrong("type", "one of " + String.join(", ", ChannelType.labels()), ChannelType.labels()));
    }

    static String name(Wanted wanted, ChannelType type) {
        String name = wanted.name() == null ? type.label() : Plain.line(wanted.name(), MAX_NAME);
        if (name.isEmpty()) {
            throw wrong("name", "1 to " + MAX_NAME + " printable characters", List.of());
        }
        return name;
    }

    static Severity severity(Wanted wanted) {
        return wanted.severity() == null
                ? Severity.LOW
                : Severity.of(wanted.severity())
                        .orElseThrow(() ->
                                wrong("severity", "one of " + String.join(", ", Severity.labels()), Severity.labels()));
    }

    static List<String> domains(Wanted wanted) {
        List<@Nullable String> domains = given(wanted.domains());
        if (domains.size() > MAX_DOMAINS) {
            throw wrong("domains", "at most " + MAX_DOMAINS, List.of());
        }
        return domains.stream().map(Wishes::domain).distinct().toList();
    }

    private static List<@Nullable String> given(@Nullable List<@Nullable String> list) {
        return list == null ? new ArrayList<>() : list;
    }

    private static String domain(@Nullable String text) {
        String below = text != null && text.startsWith("*.") ? "*." : "";
        return Optional.ofNullable(text)
                .map(name -> name.substring(below.length()))
                .flatMap(KeyTable::domain)
                .map(name -> below + name)
                .orElseThrow(() -> wrong("domains", "names such as example.org or *.example.org", List.of()));
    }

    static Settings settings(Wanted wanted, ChannelType type) {
        int perHour = Objects.requireNonNullElse(wanted.perHour(), Settings.PER_HOUR);
        if (perHour < 1 || perHour > MAX_PER_HOUR) {
            throw wrong("perHour", "1 to " + MAX_PER_HOUR, List.of());
        }
        return new Settings(
                to(wanted, type),
                quiet(wanted.quietHours()),
                digest(wanted.digest(), type),
                !Boolean.FALSE.equals(wanted.criticalPasses()),
                perHour);
    }

    private static List<String> to(Wanted wanted, ChannelType type) {
        List<@Nullable String> to = given(wanted.to());
        boolean mail = type == ChannelType.MAIL;
        if (mail == to.isEmpty() || to.size() > MAX_TO) {
            throw wrong("to", "1 to " + MAX_TO + " addresses for the type mail, and absent for others", List.of());
        }
        return to.stream()
                .map(address -> Optional.ofNullable(address)
                        .filter(text ->
                                text.length() <= 254 && ADDRESS.matcher(text).matches())
                        .orElseThrow(() -> wrong("to", "addresses such as postmaster@example.org", List.of())))
                .toList();
    }

    private static @Nullable QuietHours quiet(Wanted.@Nullable Hours hours) {
        if (hours == null) {
            return null;
        }
        String from = time("quietHours", hours.from());
        String to = time("quietHours", hours.to());
        if (from.equals(to)) {
            throw wrong("quietHours", "from one time to another", List.of());
        }
        return new QuietHours(from, to, zone("quietHours", hours.zone()));
    }

    private static @Nullable Schedule digest(Wanted.@Nullable Digest digest, ChannelType type) {
        if (digest == null) {
            return null;
        }
        String every = Objects.requireNonNullElse(digest.every(), "").toLowerCase(Locale.ROOT);
        if (!Schedule.EVERY.contains(every) || type.isTold() || type.takesAll()) {
            throw wrong("digest", "each day or week, and absent for alertmanager and kafka", Schedule.EVERY);
        }
        String at = time("digest", Objects.requireNonNullElse(digest.at(), "08:00"));
        return new Schedule(every, at, zone("digest", digest.zone()));
    }

    private static String time(String member, @Nullable String text) {
        try {
            if (text != null && TIME.matcher(text).matches()) {
                return LocalTime.parse(text).toString();
            }
        } catch (DateTimeException notATime) {
            // As one that is absent.
        }
        throw wrong(member, "with times such as 07:00", List.of());
    }

    private static String zone(String member, @Nullable String text) {
        try {
            return ZoneId.of(text == null ? "UTC" : text).getId();
        } catch (DateTimeException unknown) {
            throw wrong(member, "with a zone such as Europe/Berlin", List.of());
        }
    }

    /** Where it is called: as wanted, else as before. */
    static @Nullable String url(Wanted wanted, ChannelType type, Secrets before) {
        String url = wanted.url() == null ? before.url() : wanted.url();
        if (type.hasAddress() == (url == null)) {
            throw wrong("url", "an address, and absent for mail and kafka", List.of());
        }
        if (url != null) {
            try {
                Target.parse(url);
            } catch (IllegalArgumentException none) {
                throw wrong("url", "an https address: " + none.getMessage(), List.of());
            }
        }
        return url;
    }

    /** What is sent as a bearer's token: as wanted, else as before. */
    static @Nullable String token(Wanted wanted, ChannelType type, Secrets before) {
        String token = wanted.token() == null ? before.token() : wanted.token();
        if (token != null
                && (!type.hasAddress()
                        || token.isEmpty()
                        || token.length() > MAX_TOKEN
                        || !token.chars().allMatch(c -> c > ' ' && c < 0x7F))) {
            throw wrong("token", "printable characters without spaces, and absent for mail and kafka", List.of());
        }
        return token;
    }
}
