package dev.sealpost.intake.mailbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.MailboxConfig.After;

/** The mails of a POP3 mailbox; keys are what UIDL says (RFC 1939, section 7). */
final class Pop3Folder implements MailFolder {
    private static final int MAX_MAILS = 200_000;
    private static final long LIST_BYTES = 16L * 1024 * 1024;

    private final Pop3Server server;
    private final MailboxConfig config;
    private final boolean readOnly;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Map<Integer, Long> sizes = new HashMap<>();
    private boolean listed;

    Pop3Folder(Pop3Server server, MailboxConfig config, boolean readOnly) {
        this.server = server;
        this.config = config;
        this.readOnly = readOnly;
    }

    @Override
    public long validity() {
        return 0;
    }

    @Override
    public List<String> keys(Predicate<String> wanted) throws MailTroubleException {
        list();
        return numbers.keySet().stream().filter(wanted).toList();
    }

    private void list() throws MailTroubleException {
        Pop3Session session = server.session();
        if (listed) {
            return;
        }
        numbers.clear();
        sizes.clear();
        session.must("UIDL", Allowance.lines(LIST_BYTES));
        session.rest(line -> {
            int space = line.indexOf(' ');
            int number = space < 0 ? -1 : number(line.substring(0, space));
            String key = line.substring(space + 1).strip();
            if (number > 0 && valid(key) && numbers.size() < MAX_MAILS) {
                numbers.putIfAbsent(key, number);
            }
        });
        session.must("LIST", Allowance.lines(LIST_BYTES));
        session.rest(line -> {
            int space = line.indexOf(' ');
            int number = space < 0 ? -1 : number(line.substring(0, space));
            long size = ImapState.number(line, space + 1);
            if (number > 0 && size >= 0 && sizes.size() < MAX_MAILS) {
                sizes.put(number, size);
            }
        });
        session.hold();
        listed = true;
    }

    private static int number(String text) {
        long number = ImapState.number(text, 0);
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }

    private static boolean valid(String key) {
        return !key.isEmpty() && key.length() <= 70 && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    @Override
    public void fetch(Collection<String> keys, Consumer consumer) throws MailTroubleException, InterruptedException {
        list();
        int refused = 0;
        for (String key : keys) {
            Integer number = numbers.get(key);
            Long size = number == null ? null : sizes.get(number);
            if (number == null || size == null) {
                consumer.gone(key);
            } else if (size > config.maxMail().asLongValue()) {
                consumer.tooLarge(key, size);
            } else if (!fetch(key, number, size, consumer)) {
                refused++;
            }
        }
        if (refused > 0) {
            throw new MailTroubleException(
                    Kind.PROTOCOL, server.session().where() + " does not give out " + refused + " mails that it lists");
        }
    }

    private boolean fetch(String key, int number, long size, Consumer consumer)
            throws MailTroubleException, InterruptedException {
        long max = config.maxMail().asLongValue();
        Pop3Session session = server.session();
        if (!session.ask("RETR " + number, Allowance.lines(Math.min(size, max))).ok()) {
            return false;
        }
        byte[] mail = session.mail(max);
        session.hold();
        if (mail == null) {
            consumer.tooLarge(key, size);
        } else {
            // POP3 does not tell when a mail came.
            consumer.take(key, mail, null);
        }
        return true;
    }

    /** Marks; the server deletes at the end of the connection, which {@link #await} and closing are. */
    @Override
    public void settle(Collection<String> keys) throws MailTroubleException {
        if (config.after() == After.KEEP || keys.isEmpty()) {
            return;
        }
        if (readOnly) {
            throw new MailTroubleException(Kind.FOLDER, server.session().where() + " has the folder open read-only");
        }
        list();
        for (String key : keys) {
            Integer number = numbers.remove(key);
            if (number != null) {
                server.session().must("DELE " + number, Allowance.TALK);
                server.session().hold();
            }
        }
    }

    @Override
    public void await(Duration atMost) throws MailTroubleException, InterruptedException {
        listed = false;
        server.commit();
        Thread.sleep(atMost);
    }
}
