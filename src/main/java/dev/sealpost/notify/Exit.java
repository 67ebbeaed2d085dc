package dev.sealpost.notify;

/** A way to tell. Blocks until it was told or not, for half a minute at the most; throws nothing that is expected. */
interface Exit {
    Outcome tell(Channel channel, Message message);
}
