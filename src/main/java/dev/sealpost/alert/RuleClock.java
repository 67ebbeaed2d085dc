package dev.sealpost.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jakarta.inject.Singleton;

import dev.sealpost.store.AlertBook;
import dev.sealpost.store.AlertDomains;
import dev.sealpost.store.AlertRounds;
import dev.sealpost.store.AlertSession;
import dev.sealpost.store.MailboxRow;
import dev.sealpost.store.Mailboxes;

/** Applies the rules about what does not happen, and about the installation itself, by the clock. */
@Singleton
class RuleClock {
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int PAGE = 1_000;
    private static final int AT_ONCE = 50;
    private static final int LOOKED_BACK = 80;
    private static final AlertRounds.Round NOTHING = new AlertRounds.Round(0, List.of());

    private final RuleWork rules;
    private final Cells cells;
    private final Mailboxes mailboxes;
    private final AlertDomains domains;
    private final Horizon horizon;
    private volatile Instant due = Instant.MIN;

    RuleClock(RuleWork rules, Cells cells, Mailboxes mailboxes, AlertDomains domains, Horizon horizon) {
        this.rules = rules;
        this.cells = cells;
        this.mailboxes = mailboxes;
        this.domains = domains;
        this.horizon = horizon;
    }

    /** Does what is due, for the holder of the lease. */
    void run(AlertBook book, AlertRounds.Lease lease, Teller teller, RoundWork.Going going) {
        Instant now = horizon.now();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(PAUSE);
        RuleWork.Applied applied = rules.begin();
        List<Rule> timed =
                applied.rules().stream().filter(rule -> rule.kind().byTimer()).toList();
        if (timed.isEmpty()) {
            return;
        }
        LocalDate today = horizon.today();
        if (!absences(applied, book, lease, teller, going)) {
            return;
        }
        book.conclude(lease, NOTHING, session -> {
            List<RuleHit> hits = new ArrayList<>();
            timed.stream()
                    .filter(rule -> rule.kind().ofInstallation())
                    .forEach(rule -> hits.addAll(installation(rule, session, today, now)));
            new AlertWriter(session, teller, now).write(RuleSteps.steps(session, hits, today, cells::text), List.of());
        });
    }

    /** Page after page of domains, each in a transaction of its own; false if the lease was lost. */
    private boolean absences(
            RuleWork.Applied applied, AlertBook book, AlertRounds.Lease lease, Teller teller, RoundWork.Going going) {
        List<Rule> rules = applied.rules().stream()
                .filter(rule -> rule.kind().byTimer() && !rule.kind().ofInstallation())
                .toList();
        LocalDate today = horizon.today();
        for (Iterator<List<String>> pages = pages(rules, today); pages.hasNext(); ) {
            List<RuleHit> hits = new ArrayList<>();
            if (!absences(applied, pages.next(), today, hits, going)
                    || !book.conclude(
                            lease,
                            NOTHING,
                            session -> new AlertWriter(session, teller, horizon.now())
                                    .write(RuleSteps.steps(session, hits, today, cells::text), List.of()))) {
                return false;
            }
        }
        return true;
    }

    /** The domains that rules name, if all of them name some; else all that there are. */
    private Iterator<List<String>> pages(List<Rule> rules, LocalDate today) {
        if (rules.stream().allMatch(Rule::namesDomains)) {
            List<String> named = rules.stream()
                    .flatMap(rule -> rule.domains().stream())
                    .distinct()
                    .sorted()
                    .toList();
            return IntStream.iterate(0, at -> at < named.size(), at -> at + PAGE)
                    .mapToObj(at -> named.subList(at, Math.min(named.size(), at + PAGE)))
                    .iterator();
        }
        LocalDate since = today.minusDays(LOOKED_BACK);
        return Stream.iterate(
                        domains.page(since, "", PAGE),
                        page -> !page.isEmpty(),
                        page -> domains.page(since, page.getLast(), PAGE))
                .iterator();
    }

    /** Reports about a day come on the day after it, so today is not missed yet. */
    private boolean absences(
            RuleWork.Applied applied, List<String> page, LocalDate today, List<RuleHit> hits, RoundWork.Going going) {
        List<String> watched = page.stream().filter(horizon::watches).toList();
        for (int at = 0; at < watched.size(); at += AT_ONCE) {
            Loaded loaded = cells.since(
                    watched.subList(at, Math.min(watched.size(), at + AT_ONCE)), today.minusDays(LOOKED_BACK));
            hits.addAll(applied.absences(loaded, today.minusDays(1)));
            if (!going.on()) {
                return false;
            }
        }
        return true;
    }

    private List<RuleHit> installation(Rule rule, AlertSession session, LocalDate today, Instant now) {
        if (rule.kind() == RuleKind.UNCLAIMED_FLOOD) {
            long stored = session.unclaimed(today);
            return stored >= rule.reports()
                    ? List.of(hit(
                            rule, "", today, Plain.number(stored) + " reports of domains that nobody claimed today"))
                    : List.of();
        }
        return mailboxes.all().stream()
                .filter(mailbox -> isFailing(mailbox, now.minus(Duration.ofHours(rule.days()))))
                .map(mailbox -> hit(
                        rule,
                        mailbox.name(),
                        today,
                        "the mailbox %s cannot be read: %s".formatted(mailbox.name(), mailbox.lastError())))
                .toList();
    }

    private static boolean isFailing(MailboxRow mailbox, Instant since) {
        Instant success = mailbox.lastSuccess();
        return !mailbox.lastError().isEmpty() && (success == null || success.isBefore(since));
    }

    private static RuleHit hit(Rule rule, String what, LocalDate day, String text) {
        return new RuleHit(rule, "", what, what, "", true, day, 0, 0, text, List.of());
    }
}
