package dev.sealpost.demo;

import java.time.LocalDate;

/**
 * An invented sending organization.
 *
 * @param name as its reports call it
 * @param host of its contact address
 * @param sessions to each domain on a working day, about
 * @param network the first three numbers of its mail servers' addresses, of those that are kept for documentation
 * @param daysSilent for how many days it has not reported
 */
record Sender(String name, String host, int sessions, String network, int daysSilent) {
    Sender(String name, String host, int sessions, String network) {
        this(name, host, sessions, network, 0);
    }

    boolean reportsOn(LocalDate day, LocalDate last) {
        return !day.isAfter(last.minusDays(daysSilent));
    }

    String address(int number) {
        return network + "." + number;
    }
}
