package dev.sealpost.demo;

/**
 * What failed in a report, as one line of failure details.
 *
 * @param resultType RFC 8460, section 4.3
 * @param mx number of the receiving MX
 * @param sender last number of the sending server's address
 * @param sessions how many failed
 * @param reason the reason code; empty for none
 */
record Failure(String resultType, int mx, int sender, int sessions, String reason) {}
