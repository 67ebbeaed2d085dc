package dev.sealpost.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

class SystemResolverTest {
    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String NAME = "s1._domainkey.carrier.example";

    @Test
    void textsAreJoinedAndTheirBytesKept() throws IOException {
        Record two = new TXTRecord(name(NAME), DClass.IN, 1, List.of("v=DKIM1; p=", "AB\\195\\164"));
        assertThat(ask(question -> DnsServer.answer(question, two, text(NAME, "other"))))
                .isEqualTo(new Texts.Found(List.of("v=DKIM1; p=AB\u00c3\u00a4", "other"), false));
    }

    @Test
    void verifiedAnswerOfThisMachineIsBelieved() throws IOException {
        Function<Message, Message> verified = question -> {
            Message answer = DnsServer.answer(question, text(NAME, "x"));
            if (question.getHeader().getFlag(Flags.AD)) {
                answer.getHeader().setFlag(Flags.AD);
            }
            return answer;
        };
        assertThat(ask(verified)).isEqualTo(new Texts.Found(List.of("x"), true));
        Message question = Message.newQuery(Record.newRecord(name(NAME), Type.TXT, DClass.IN));
        question.getHeader().setFlag(Flags.AD);
        assertThat(Answer.read(verified.apply(question), name(NAME), false))
                .isEqualTo(new Texts.Found(List.of("x"), false));
    }

    @Test
    void nothingThereIsAbsent() throws IOException {
        assertThat(ask(question -> DnsServer.answer(question))).isEqualTo(new Texts.Absent(false));
        assertThat(ask(question -> code(question, Rcode.NXDOMAIN))).isEqualTo(new Texts.Absent(false));
        assertThat(ask(question -> DnsServer.answer(question, text("other.example", "x"))))
                .isEqualTo(new Texts.Absent(false));
    }

    @Test
    void largeAnswerComesOverTcp() throws IOException {
        String large = "y".repeat(250);
        Record[] records =
                IntStream.range(0, 20).mapToObj(i -> text(NAME, large + i)).toArray(Record[]::new);
        assertThat(ask(question -> DnsServer.answer(question, records)))
                .isInstanceOfSatisfying(
                        Texts.Found.class, found -> assertThat(found.records()).hasSize(20));
        Record[] many =
                IntStream.range(0, 21).mapToObj(i -> text(NAME, "x" + i)).toArray(Record[]::new);
        assertThat(ask(question -> DnsServer.answer(question, many))).isInstanceOf(Texts.Malformed.class);
        TXTRecord long9000 = new TXTRecord(name(NAME), DClass.IN, 1, Collections.nCopies(36, large));
        assertThat(ask(question -> DnsServer.answer(question, long9000))).isInstanceOf(Texts.Malformed.class);
    }

    @Test
    void aliasesAreFollowed_soMany() throws IOException {
        assertThat(ask(question -> DnsServer.answer(question, chain(8))))
                .isEqualTo(new Texts.Found(List.of("end"), false));
        assertThat(ask(question -> DnsServer.answer(question, chain(9)))).isInstanceOf(Texts.Malformed.class);
        Record loop = new CNAMERecord(name(NAME), DClass.IN, 1, name(NAME));
        assertThat(ask(question -> DnsServer.answer(question, loop))).isInstanceOf(Texts.Malformed.class);
    }

    @Test
    void troubleIsTemporary_andAskedTwice() throws IOException {
        try (DnsServer server =
                new DnsServer(question -> code(question, Rcode.SERVFAIL).toWire())) {
            assertThat(server.resolver().texts(NAME, TIME))
                    .isEqualTo(new Texts.Temporary("the resolver answers SERVFAIL"));
            assertThat(server.questions()).isEqualTo(2);
        }
        SystemResolver none = new SystemResolver(List::of, System::nanoTime);
        assertThat(none.texts(NAME, TIME)).isInstanceOf(Texts.Temporary.class);
    }

    @Test
    void silentServerTakesTheTimeGiven_andTheNextOneAnswers() throws IOException {
        try (DnsServer silent = new DnsServer(question -> null);
                DnsServer other = new DnsServer(
                        question -> DnsServer.answer(question, text(NAME, "x")).toWire())) {
            long start = System.nanoTime();
            assertThat(silent.resolver().texts(NAME, SHORT)).isEqualTo(new Texts.Temporary("no answer in time"));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(SHORT.dividedBy(2), SHORT.multipliedBy(10));
            List<InetSocketAddress> both = List.of(silent.address(), other.address());
            assertThat(new SystemResolver(() -> both, System::nanoTime).texts(NAME, Duration.ofSeconds(2)))
                    .isEqualTo(new Texts.Found(List.of("x"), false));
        }
    }

    @Test
    void silenceAfterTruncationTakesTheTimeGiven() throws IOException {
        Function<Message, byte @Nullable []> cut = question -> {
            Message answer = DnsServer.answer(question);
            answer.getHeader().setFlag(Flags.TC);
            return answer.toWire();
        };
        // The server says "too long" over TCP as well, where it means nothing.
        try (DnsServer server = new DnsServer(cut)) {
            long start = System.nanoTime();
            assertThat(server.resolver().texts(NAME, SHORT)).isNotInstanceOf(Texts.Found.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a..b", "\\999", "a.\0", "."})
    void oddNamesAreAnswered(String name) throws IOException {
        try (DnsServer server = new DnsServer(question -> null)) {
            assertThat(server.resolver().texts(name, SHORT)).isNotInstanceOf(Texts.Found.class);
        }
        assertThat(new SystemResolver(List::of, System::nanoTime).texts("a".repeat(64) + ".example", SHORT))
                .isInstanceOf(Texts.Malformed.class);
    }

    @Test
    void brokenAnswersAreNoAnswers() throws IOException {
        Random random = new Random(31);
        try (DnsServer server = new DnsServer(question -> {
            byte[] bytes = DnsServer.answer(question, text(NAME, "x")).toWire();
            for (int i = 0; i < 3; i++) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            return bytes;
        })) {
            SystemResolver resolver = server.resolver();
            for (int round = 0; round < 40; round++) {
                assertThat(resolver.texts(NAME, Duration.ofMillis(60)))
                        .as("seed 31, round %d", round)
                        .isNotNull();
            }
        }
    }

    private static Texts ask(Function<Message, Message> answers) throws IOException {
        try (DnsServer server =
                new DnsServer(question -> answers.apply(question).toWire(65_535))) {
            return server.resolver().texts(NAME, TIME);
        }
    }

    private static Message code(Message question, int code) {
        Message answer = DnsServer.answer(question);
        answer.getHeader().setRcode(code);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        return answer;
    }

    private static Record[] chain(int aliases) {
        return IntStream.rangeClosed(0, aliases)
                .mapToObj(i -> i == aliases
                        ? text(aliasName(i), "end")
                        : new CNAMERecord(name(aliasName(i)), DClass.IN, 1, name(aliasName(i + 1))))
                .toArray(Record[]::new);
    }

    private static String aliasName(int i) {
        return i == 0 ? NAME : "a" + i + ".example";
    }

    private static Record text(String owner, String text) {
        return new TXTRecord(name(owner), DClass.IN, 1, text);
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
