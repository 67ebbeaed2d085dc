/** Reports by mail (RFC 8460, section 5.3): IMAP and POP3 mailboxes, who signed, and the hand-over to the one door. */
@NullMarked
package dev.sealpost.intake.mailbox;

import org.jspecify.annotations.NullMarked;
