package dev.sealpost.notify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages for people in chats. What outsiders chose is shown as it stands: in a block of code or as plain text, where none
 * of these services looks for markup, links or mentions. Lengths are those the services take, with room to spare.
 */
final class Chat {
    private static final int SLACK_HEADER = 150;
    private static final int SLACK_TEXT = 2_900;
    /** The length of an ampersand, escaped. */
    private static final int MOST_ESCAPED = 5;

    private static final int TEAMS_TEXT = 8_000;
    private static final int MATTERMOST_TEXT = 3_500;
    private static final int DISCORD_TITLE = 200;
    private static final int DISCORD_TEXT = 3_500;

    private Chat() {}

    /** Block Kit: a header as plain text, and the text in a block of code. */
    static Posting slack(Message message) {
        String title = Plain.line(message.headline(), SLACK_HEADER);
        return Posting.json(Map.of(
                "text",
                mrkdwn(title),
                "unfurl_links",
                false,
                "unfurl_media",
                false,
                "blocks",
                List.of(
                        Map.of("type", "header", "text", Map.of("type", "plain_text", "text", title, "emoji", false)),
                        Map.of(
                                "type",
                                "section",
                                "text",
                                Map.of(
                                        "type",
                                        "mrkdwn",
                                        "verbatim",
                                        true,
                                        "text",
                                        "```" + slackCode(message.text()) + "```")))));
    }

    /** As long as it may be after it is escaped. */
    private static String slackCode(String text) {
        int most = Math.min(text.length(), SLACK_TEXT);
        String escaped = mrkdwn(code(Plain.lines(text, most)));
        while (escaped.length() > SLACK_TEXT) {
            // Perhaps too little at once, but never more than has to be left out.
            most -= (escaped.length() - SLACK_TEXT + MOST_ESCAPED - 1) / MOST_ESCAPED;
            escaped = mrkdwn(code(Plain.lines(text, most)));
        }
        return escaped;
    }

    /** The three characters that begin everything Slack reads as more than text: links, mentions, entities. */
    static String mrkdwn(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** An Adaptive Card of text runs, which have no markup at all. */
    static Posting teams(Message message) {
        Map<String, Object> card = Map.of(
                "$schema",
                "http://adaptivecards.io/schemas/adaptive-card.json",
                "type",
                "AdaptiveCard",
                "version",
                "1.4",
                "msteams",
                Map.of("width", "Full"),
                "body",
                List.of(
                        run(message.headline(), Map.of("weight", "Bolder", "size", "Medium")),
                        run(Plain.lines(message.text(), TEAMS_TEXT), Map.of())));
        return Posting.json(Map.of(
                "type",
                "message",
                "attachments",
                List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card))));
    }

    private static Map<String, Object> run(String text, Map<String, Object> style) {
        Map<String, Object> run = new TreeMap<>(style);
        run.put("type", "TextRun");
        run.put("text", text.isEmpty() ? " " : text);
        return Map.of("type", "RichTextBlock", "inlines", List.of(run));
    }

    /** All in a block of code: Mattermost looks for mentions and links everywhere else. */
    static Posting mattermost(Message message) {
        String text = message.headline() + "\n\n" + message.text();
        return Posting.json(Map.of("text", "```\n" + code(Plain.lines(text, MATTERMOST_TEXT)) + "\n```"));
    }

    /** An embed, in which nobody is notified, and mentions are switched off beside. */
    static Posting discord(Message message) {
        return Posting.json(Map.of(
                "allowed_mentions",
                Map.of("parse", List.of()),
                "embeds",
                List.of(Map.of(
                        "title",
                        Plain.line(markdown(Plain.line(message.headline(), DISCORD_TITLE / 2)), DISCORD_TITLE),
                        "description",
                        "```\n" + code(Plain.lines(message.text(), DISCORD_TEXT)) + "\n```",
                        "color",
                        message.severity().color()))));
    }

    /** Nothing ends a block of code but backticks. */
    private static String code(String text) {
        return text.replace('`', '\'');
    }

    /** A backslash before everything that Markdown could read, and no address that is one. */
    private static String markdown(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]()#+!|>~<@])", "\\\\$1").replace("://", ":\\//");
    }

    /** The posting for a type that is a chat. */
    static Posting of(ChannelType type, Message message) {
        return switch (type) {
            case SLACK -> slack(message);
            case TEAMS -> teams(message);
            case MATTERMOST -> mattermost(message);
            case DISCORD -> discord(message);
            default -> throw new IllegalArgumentException(type.label() + " is no chat");
        };
    }
}
