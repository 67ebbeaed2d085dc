package dev.sealpost.demo;

import java.time.LocalDate;

/**
 * One invented report.
 *
 * @param day the UTC day it is about
 * @param domain the policy domain
 * @param organization who reports
 * @param json the report as RFC 8460, section 4, writes it
 */
public record DemoReport(LocalDate day, String domain, String organization, String json) {}
