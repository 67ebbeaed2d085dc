package dev.sealpost.demo;

import java.util.List;

/**
 * An invented domain that receives mail.
 *
 * @param name its name
 * @param policyType what senders find (RFC 8460, section 4.4)
 * @param policy the lines of the policy that senders found
 */
record Receiver(String name, String policyType, List<String> policy) {
    static Receiver sts(String name, String mode) {
        return new Receiver(
                name,
                "sts",
                List.of("version: STSv1", "mode: " + mode, "mx: mx1." + name, "mx: mx2." + name, "max_age: 604800"));
    }

    static Receiver dane(String name) {
        return new Receiver(
                name, "tlsa", List.of("3 1 1 8D02536C887482BC34FF54E41D2BA659BF85B341A0A20AFADB5813DCFBCF286D"));
    }

    String mx(int number) {
        return "mx" + number + "." + name;
    }
}
