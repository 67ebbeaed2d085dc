package dev.sealpost.standalone;

/** What can run inside the process when no address of an outside one is set. */
public enum Part {
    /** PostgreSQL 18, as child processes. */
    POSTGRES,
    /** A single Kafka node in KRaft mode, in this virtual machine. */
    KAFKA
}
