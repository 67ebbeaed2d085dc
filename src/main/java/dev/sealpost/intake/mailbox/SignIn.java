package dev.sealpost.intake.mailbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * How a user signs in (SASL: RFC 4616, RFC 7628).
 *
 * @param secret password or access token
 */
record SignIn(Mechanism mechanism, String user, String secret) {
    /** SASL mechanisms. */
    enum Mechanism {
        PLAIN,
        XOAUTH2,
        OAUTHBEARER
    }

    /** The initial response in Base64. */
    String initial(MailboxConfig config) {
        String text =
                switch (mechanism) {
                    case PLAIN -> "\0" + user + "\0" + secret;
                    case XOAUTH2 -> "user=" + user + "\1auth=Bearer " + secret + "\1\1";
                    case OAUTHBEARER ->
                        "n,a=" + user.replace("=", "=3D").replace(",", "=2C") + ",\1host=" + config.host() + "\1port="
                                + Dialer.Endpoint.port(config) + "\1auth=Bearer " + secret + "\1\1";
                };
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is answered when the server tells of a refused token, so that it can say no. */
    String afterRefusal() {
        return mechanism == Mechanism.OAUTHBEARER ? "AQ==" : "";
    }

    /** What must not be seen anywhere. */
    List<String> secrets(MailboxConfig config) {
        return List.of(secret, initial(config));
    }

    @Override
    public String toString() {
        return mechanism + " for " + user;
    }
}
