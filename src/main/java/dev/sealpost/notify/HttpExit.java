package dev.sealpost.notify;

import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import jakarta.inject.Singleton;

import dev.sealpost.outbound.Outbound;
import dev.sealpost.outbound.OutboundException;
import dev.sealpost.outbound.Reply;
import dev.sealpost.outbound.Target;

/** Posts to the addresses of webhooks and chats, through the guard. */
@Singleton
class HttpExit implements Exit {
    private final Outbound outbound;
    private final Clock clock;

    HttpExit(Outbound outbound, Clock clock) {
        this.outbound = outbound;
        this.clock = clock;
    }

    @Override
    public Outcome tell(Channel channel, Message message) {
        return post(
                channel,
                channel.type() == ChannelType.WEBHOOK
                        ? Webhook.of(message, channel.secrets(), clock.instant())
                        : Chat.of(channel.type(), message));
    }

    /** Posts to the channel's address. */
    Outcome post(Channel channel, Posting posting) {
        Map<String, String> headers = new TreeMap<>(posting.headers());
        headers.put("User-Agent", "Sealpost");
        String token = channel.secrets().token();
        if (token != null) {
            headers.put("Authorization", "Bearer " + token);
        }
        String url = channel.secrets().url();
        if (url == null) {
            return Outcome.broken("this channel has no address");
        }
        try {
            Reply reply =
                    outbound.post(Target.parse(url), headers, posting.body(), new Outbound.Chooser(channel.tenant()));
            return Outcome.answered(reply.status(), reply.body(), reply.retryAfter());
        } catch (OutboundException | IllegalArgumentException e) {
            return Outcome.broken(String.valueOf(e.getMessage()));
        }
    }
}
