package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.store.MessageRow;
import dev.sealpost.store.Notice;
import dev.sealpost.store.NoticeRow;
import dev.sealpost.store.OpenAlerts;
import dev.sealpost.store.Outbox;
import io.quarkus.mailer.Mail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in names that outsiders chose does nothing in any exit. */
class ExitsTest {
    static Stream<String> payloads() {
        return HostileTexts.ALL.stream();
    }

    private static Message message(String payload) {
        return Message.of(new MessageRow(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "opened",
                UUID.randomUUID(),
                "high",
                "Alert from " + payload,
                "Organisation " + payload + "\nsecond line",
                "{\"organization\":" + Kept.write(payload) + "}",
                1,
                Notices.AT,
                0));
    }

    private static JsonNode json(Posting posting) {
        return Kept.tree(new String(posting.body(), StandardCharsets.UTF_8));
    }

    private static Notice notice(String payload) {
        return new Notice(
                payload,
                "opened",
                Notices.AT,
                new UUID(0, 2),
                null,
                List.of("example.org"),
                "high",
                "open",
                "Alert from " + payload,
                "Organisation " + payload,
                "{\"kind\":\"attack\",\"domain\":\"example.org\",\"organization\":" + Kept.write(payload)
                        + ",\"resultType\":" + Kept.write(payload) + "}");
    }

    /** Of many notices, three of them hostile. */
    private static Message summary(String payload) {
        Notice hostile = notice(payload);
        return Message.of(Summary.many(
                UUID.randomUUID(),
                new Outbox.Waiting(30, 3, Map.of("high", 30)),
                Stream.of(1, 2, 3).map(seq -> new NoticeRow(seq, hostile)).toList(),
                Notices.AT));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void noExitHasControlOrFormatCharacters(String payload) {
        for (Message message : List.of(message(payload), summary(payload))) {
            noControlOrFormatCharacters(message);
        }
    }

    private static void noControlOrFormatCharacters(Message message) {
        Mail mail = AlertMail.of(message, List.of("a@example.org"), "s@example.org");
        Stream.of(
                        message.subject(),
                        message.text(),
                        mail.getSubject(),
                        mail.getText(),
                        mail.getHtml(),
                        strings(json(Chat.slack(message))),
                        strings(json(Chat.teams(message))),
                        strings(json(Chat.discord(message))),
                        strings(json(Chat.mattermost(message))),
                        Kept.tree(Kept.write(KafkaExit.event(message)))
                                .at("/data/text")
                                .asText(),
                        Kept.tree(Kept.write(KafkaExit.event(message)))
                                .at("/data/subject")
                                .asText())
                .forEach(text -> assertThat(
                                text.codePoints().filter(c -> c != '\n').map(Character::getType))
                        .doesNotContain(
                                (int) Character.CONTROL,
                                (int) Character.FORMAT,
                                (int) Character.SURROGATE,
                                (int) Character.LINE_SEPARATOR,
                                (int) Character.PARAGRAPH_SEPARATOR));
        assertThat(message.subject()).doesNotContain("\n");
    }

    private static String strings(JsonNode node) {
        StringBuilder all = new StringBuilder();
        if (node.isTextual()) {
            return node.asText();
        }
        node.forEach(child -> all.append(strings(child)).append('\n'));
        return all.toString();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void slackSeesNoMarkupOutsideOfCode(String payload) {
        JsonNode body = json(Chat.slack(message(payload)));
        assertThat(body.path("text").asText()).doesNotContain("<", ">");
        JsonNode header = body.at("/blocks/0/text");
        assertThat(header.path("type").asText()).isEqualTo("plain_text");
        assertThat(header.path("text").asText()).hasSizeLessThanOrEqualTo(150);
        String section = body.at("/blocks/1/text/text").asText();
        assertThat(section)
                .startsWith("```")
                .endsWith("```")
                .hasSizeLessThanOrEqualTo(3_000)
                .doesNotContain("<", ">");
        assertThat(section.substring(3, section.length() - 3)).doesNotContain("`");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void teamsSeesTextRunsAlone(String payload) {
        Posting posting = Chat.teams(message(payload));
        assertThat(posting.body()).hasSizeLessThanOrEqualTo(28 << 10);
        JsonNode card = json(posting).at("/attachments/0/content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        for (JsonNode block : card.path("body")) {
            assertThat(block.path("type").asText()).isEqualTo("RichTextBlock");
            assertThat(block.at("/inlines/0/type").asText()).isEqualTo("TextRun");
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void mattermostSeesOneBlockOfCode(String payload) {
        String text = json(Chat.mattermost(message(payload))).path("text").asText();
        assertThat(text).startsWith("```\n").endsWith("\n```").hasSizeLessThanOrEqualTo(4_000);
        assertThat(text.substring(4, text.length() - 4)).doesNotContain("`");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void discordNotifiesNobody(String payload) {
        JsonNode body = json(Chat.discord(message(payload)));
        assertThat(body.at("/allowed_mentions/parse")).isEmpty();
        assertThat(body.has("content")).isFalse();
        assertThat(body.at("/embeds/0/title").asText())
                .hasSizeLessThanOrEqualTo(256)
                .doesNotContainPattern("(?<!\\\\)[*_`\\[\\]()<>|~@]")
                .doesNotContain("://");
        String description = body.at("/embeds/0/description").asText();
        assertThat(description).startsWith("```\n").endsWith("\n```").hasSizeLessThanOrEqualTo(4_096);
        assertThat(description.substring(4, description.length() - 4)).doesNotContain("`");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aMailHasOneLineOfSubjectAndEscapedHtml(String payload) {
        Mail mail = AlertMail.of(message(payload), List.of("a@example.org"), "s@example.org");
        assertThat(mail.getSubject()).hasSizeLessThanOrEqualTo(150);
        mail.getSubject().chars().forEach(c -> assertThat(c & 0xFF).isNotIn(10, 13));
        mail.getHeaders()
                .values()
                .forEach(values -> values.forEach(value -> assertThat(value).matches("[!-~]+( [!-~]+)*")));
        String inner = mail.getHtml()
                .replaceFirst("^<!DOCTYPE html>.*?<h1 style=\"[^\"]*\">", "")
                .replace("</h1><p style=\"white-space:pre-wrap\">", "")
                .replace("</p></body></html>", "");
        assertThat(inner).doesNotContain("<", ">", "\"", "'");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void programsGetTheAlertAsItIs(String payload) {
        JsonNode body = json(Webhook.of(message(payload), Secrets.NONE, Notices.AT));
        assertThat(body.at("/data/alert/organization").asText())
                .isEqualTo(
                        payload.chars().anyMatch(c -> Character.isSurrogate((char) c))
                                ? body.at("/data/alert/organization").asText()
                                : payload);
        assertThat(body.at("/data/text").asText()).hasSizeLessThanOrEqualTo(20_000);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aSummaryHasALineForEachNotice(String payload) {
        assertThat(summary(payload).text().lines())
                .hasSize(4)
                .startsWith("- [high, opened] " + Plain.line("Alert from " + payload, 200))
                .endsWith("and 27 more");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void anAlertmanagerGetsItsOwnLabelsAndCleanTexts(String payload) {
        JsonNode alert =
                Kept.tree(Kept.write(PostableAlert.of(new OpenAlerts.Told(Notices.AT, notice(payload)), Notices.AT)));
        assertThat(alert.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("labels", "annotations", "startsAt", "endsAt");
        assertThat(alert.path("labels").properties().stream().map(Map.Entry::getKey))
                .isSubsetOf("alertname", "severity", "id", "kind", "domain", "organization", "resultType");
        assertThat(alert.path("annotations").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("summary", "description");
        alert.path("labels")
                .forEach(label -> assertThat(label.asText())
                        .hasSizeLessThanOrEqualTo(255)
                        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"));
        assertThat(alert.at("/annotations/summary").asText())
                .hasSizeLessThanOrEqualTo(200)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
        assertThat(alert.at("/annotations/description").asText().replace("\n", ""))
                .hasSizeLessThanOrEqualTo(4_000)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void anEventHasNothingForeignBesideItsData(String payload) {
        Message message = message(payload);
        Map<String, Object> event = KafkaExit.event(message);
        assertThat(event)
                .containsOnlyKeys("specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data")
                .containsEntry("type", "dev.sealpost.alert.opened")
                .containsEntry("subject", message.aboutAlert().orElseThrow().toString());
        assertThat(String.valueOf(event.get("id"))).matches("msg_[0-9a-f]{32}");
    }

    @Test
    void aSeverityNobodyKnowsIsTheWorst() {
        MessageRow row = new MessageRow(
                UUID.randomUUID(), UUID.randomUUID(), "opened", null, "new", "s", "t", "{}", 1, Notices.AT, 0);
        assertThat(Message.of(row).severity()).isEqualTo(Severity.CRITICAL);
    }
}
