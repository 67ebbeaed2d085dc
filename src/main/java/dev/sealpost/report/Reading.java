package dev.sealpost.report;

/** The outcome of reading bytes: a report, or the reason why there is none. */
public sealed interface Reading permits Readable, Rejection {}
