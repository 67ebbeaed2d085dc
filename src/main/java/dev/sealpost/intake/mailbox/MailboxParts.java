package dev.sealpost.intake.mailbox;

import jakarta.inject.Singleton;

import dev.sealpost.store.Mailboxes;

/** What mailboxes are read with. */
@Singleton
record MailboxParts(MailServers servers, MailDoor door, Mailboxes mailboxes, MailboxMetrics metrics) {}
