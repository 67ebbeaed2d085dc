/** What changed is told over channels: from an outbox, until it is taken. Knows a message, not an alert. */
@NullMarked
package dev.sealpost.notify;

import org.jspecify.annotations.NullMarked;
