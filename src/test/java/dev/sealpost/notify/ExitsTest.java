package dev.sealpost.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.store.MessageRow;
import io.quarkus.mailer.Mail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in names that outsiders chose does nothing in any exit. */
class ExitsTest {
    static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><a href=\"https://evil.example\">x</a>",
            "<!channel> <!here> <@U012AB3CD> <https://evil.example|click>",
            "@everyone @here @channel @all",
            "[click](https://evil.example) ![x](https://evil.example/x.png)",
            "```\ncode ends here\n``` **bold** _it_ ~~s~~ ||spoiler||",
            "`` ` ``",
            "# heading\n> quote\n- list\n1. list",
            "x\r\nBcc: victim@example.net\r\n\r\nbody",
            "\u760d\u760aBcc: victim@example.net",
            "=?utf-8?q?=0D=0ABcc:_victim@example.net?=",
            "\u202Egnp.exe \u2066x\u2069 \u200Bzero\uFEFF",
            "\u0000\u0007\u001b[31mred\u009b31m",
            "half \ud83d pair and \udc00 other",
            "&amp;&lt;script&gt;",
            "{{7*7}} ${jndi:ldap://evil.example/a} %0d%0a",
            "\u2028line\u2029paragraph",
            ".\r\n.\r\nMAIL FROM:<x>",
            "z".repeat(200_000));

    static Stream<String> payloads() {
        return PAYLOADS.stream();
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

    @ParameterizedTest
    @MethodSource("payloads")
    void noExitHasControlOrFormatCharacters(String payload) {
        Message message = message(payload);
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
                        strings(json(Chat.mattermost(message))))
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

    @Test
    void aSeverityNobodyKnowsIsTheWorst() {
        MessageRow row = new MessageRow(
                UUID.randomUUID(), UUID.randomUUID(), "opened", null, "new", "s", "t", "{}", 1, Notices.AT, 0);
        assertThat(Message.of(row).severity()).isEqualTo(Severity.CRITICAL);
    }
}
