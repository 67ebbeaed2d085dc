package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sealpost.dns.Resolver;
import dev.sealpost.dns.Texts;
import org.apache.james.jdkim.api.PublicKeyRecordRetriever;
import org.apache.james.jdkim.exceptions.PermFailException;
import org.apache.james.jdkim.exceptions.TempFailException;

/**
 * Looks up keys for all mails. Answers of every kind are kept for a minute. Whoever has many mails signed by domains whose
 * servers never answer could stop a mailbox, a few seconds each; so of every minute only so much is spent on waiting in
 * vain, and mails after that get a short time, in which a resolver that knows the answer or is near to it still gives it.
 */
final class KeyLookups {
    static final Duration PER_MAIL = Duration.ofSeconds(5);
    static final Duration IN_VAIN = Duration.ofSeconds(15);
    static final Duration SHORT = Duration.ofMillis(250);

    private static final Duration PER_LOOKUP = Duration.ofSeconds(3);
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MAX_KEPT = 500;

    private final Resolver resolver;
    private final LongSupplier nanoTime;
    private final Cache<String, Texts> answers;
    private long minuteStart;
    private long nanosInVain;

    KeyLookups(Resolver resolver, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.nanoTime = nanoTime;
        this.minuteStart = nanoTime.getAsLong();
        this.answers = Caffeine.newBuilder()
                .maximumSize(MAX_KEPT)
                .expireAfterWrite(KEPT)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Begins the time of one mail. */
    Session session() {
        long now = nanoTime.getAsLong();
        return new Session(now + PER_MAIL.toNanos(), now + (isImpatient(now) ? SHORT : PER_MAIL).toNanos());
    }

    private synchronized boolean isImpatient(long now) {
        if (now - minuteStart >= KEPT.toNanos()) {
            minuteStart = now;
            nanosInVain = 0;
        }
        return nanosInVain >= IN_VAIN.toNanos();
    }

    private synchronized void addInVain(long nanos) {
        nanosInVain += nanos;
    }

    private Texts ask(String name, long lookupEnd) {
        Texts known = answers.getIfPresent(name);
        if (known != null) {
            return known;
        }
        long start = nanoTime.getAsLong();
        long left = Math.min(lookupEnd - start, PER_LOOKUP.toNanos());
        if (left <= 0) {
            return new Texts.Temporary("no time was left");
        }
        Texts answer = resolver.texts(name, Duration.ofNanos(left));
        if (answer instanceof Texts.Temporary) {
            addInVain(nanoTime.getAsLong() - start);
        }
        answers.put(name, answer);
        return answer;
    }

    /** The lookups for one mail. */
    final class Session {
        private final long end;
        private final long lookupEnd;

        private Session(long end, long lookupEnd) {
            this.end = end;
            this.lookupEnd = lookupEnd;
        }

        /** The nano time at which the mail has had its time. */
        long end() {
            return end;
        }

        /** The lookup for one signature. */
        OneKey forOne(DkimTags tags) {
            return new OneKey(tags.keyName(), this);
        }

        private Texts ask(String name) {
            return KeyLookups.this.ask(name, lookupEnd);
        }
    }

    /** What jDKIM asks for the key of one signature: once, though q= may name its method many times. */
    static final class OneKey implements PublicKeyRecordRetriever {
        private final String name;
        private final Session session;
        private boolean asked;
        private boolean pending;

        private OneKey(String name, Session session) {
            this.name = name;
            this.session = session;
        }

        /** Whether it was asked for, and nobody could tell now. */
        boolean isPending() {
            return pending;
        }

        @Override
        public List<String> getRecords(CharSequence method, CharSequence selector, CharSequence domain)
                throws TempFailException, PermFailException {
            if (asked || !method.toString().equalsIgnoreCase("dns/txt")) {
                throw new PermFailException("its key is not to be found in one lookup (q=)");
            }
            asked = true;
            return switch (session.ask(name)) {
                case Texts.Found found -> found.records();
                case Texts.Absent ignored -> throw new PermFailException("there is no such key");
                case Texts.Temporary why -> {
                    pending = true;
                    throw new TempFailException("its key cannot be looked up now: " + why.reason());
                }
                case Texts.Malformed why -> throw new PermFailException("its key cannot be read: " + why.reason());
            };
        }
    }
}
