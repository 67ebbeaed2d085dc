package dev.sealpost.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** Reads one answer of a recursive resolver. */
final class Answer {
    static final int MAX_ALIASES = 8;
    static final int MAX_RECORDS = 20;
    static final int MAX_BYTES = 8 << 10;

    private Answer() {}

    /** The texts of the name in the answer; what belongs to other names is passed over. */
    static Texts read(Message message, Name asked, boolean believed) {
        int code = message.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return new Texts.Temporary("the resolver answers " + Rcode.string(code));
        }
        boolean authenticated = believed && message.getHeader().getFlag(Flags.AD);
        List<Record> answers = message.getSection(Section.ANSWER);
        Name owner = asked;
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            Name alias = alias(answers, owner);
            if (alias == null) {
                return code == Rcode.NXDOMAIN ? new Texts.Absent(authenticated) : texts(answers, owner, authenticated);
            }
            owner = alias;
        }
        return new Texts.Malformed("more than " + MAX_ALIASES + " aliases");
    }

    private static @Nullable Name alias(List<Record> answers, Name owner) {
        for (Record answer : answers) {
            if (answer instanceof CNAMERecord alias && alias.getName().equals(owner)) {
                return alias.getTarget();
            }
        }
        return null;
    }

    private static Texts texts(List<Record> answers, Name owner, boolean authenticated) {
        List<String> texts = new ArrayList<>();
        int bytes = 0;
        for (Record answer : answers) {
            if (answer instanceof TXTRecord record && record.getName().equals(owner)) {
                String text = joined(record);
                bytes += text.length();
                texts.add(text);
            }
        }
        if (texts.size() > MAX_RECORDS || bytes > MAX_BYTES) {
            return new Texts.Malformed("more than " + MAX_RECORDS + " records or " + MAX_BYTES + " bytes");
        }
        return texts.isEmpty() ? new Texts.Absent(authenticated) : new Texts.Found(texts, authenticated);
    }

    private static String joined(TXTRecord record) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Object part : record.getStringsAsByteArrays()) {
            joined.writeBytes((byte[]) part);
        }
        return joined.toString(StandardCharsets.ISO_8859_1);
    }
}
