package dev.sealpost.command;

/** What a process does. One process does all for a small user; elsewhere each role has its own and scales by itself. */
public enum ProcessRole {
    /** Takes reports, needs no database. */
    INTAKE,
    /** Reads mailboxes. */
    MAILBOX,
    /** Brings reports from the topic to the tables. */
    AGGREGATOR,
    /** Answers questions. */
    API,
    /** Judges what reports say, by lease, one process at a time, and tells it over channels. */
    ALERTS
}
