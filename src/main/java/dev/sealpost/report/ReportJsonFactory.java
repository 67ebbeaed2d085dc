package dev.sealpost.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;

/**
 * Hands out RFC 8460's member names as the very strings of the program's constants, which a switch tells apart at a
 * glance. Other names are not interned: a report made of a million of them would cost seconds. When such reports have
 * flushed the names out of the table, reading goes on, only slower.
 */
final class ReportJsonFactory extends JsonFactory {
    private static final long serialVersionUID = 1L;

    private static final String NAMES = """
            {"organization-name":0,"date-range":0,"start-datetime":0,"end-datetime":0,"contact-info":0,"report-id":0,
            "policies":0,"policy":0,"policy-type":0,"policy-string":0,"policy-domain":0,"mx-host":0,"summary":0,
            "total-successful-session-count":0,"total-failure-session-count":0,"failure-details":0,"result-type":0,
            "sending-mta-ip":0,"receiving-mx-hostname":0,"receiving-mx-helo":0,"receiving-ip":0,
            "failed-session-count":0,"additional-information":0,"failure-reason-code":0}""";

    ReportJsonFactory(JsonFactoryBuilder settings) {
        super(settings);
        int features = _factoryFeatures;
        _factoryFeatures = features | Feature.INTERN_FIELD_NAMES.getMask();
        try (JsonParser json = createParser(NAMES.getBytes(StandardCharsets.UTF_8))) {
            json.nextToken();
            json.skipChildren();
        } catch (IOException e) {
            throw new IllegalStateException("a constant is readable", e);
        }
        _factoryFeatures = features;
    }
}
