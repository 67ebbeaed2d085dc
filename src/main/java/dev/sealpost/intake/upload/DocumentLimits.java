package dev.sealpost.intake.upload;

import dev.sealpost.intake.IntakeConfig;

/**
 * How large one document may be.
 *
 * @param packed bytes as sent, at the door
 * @param unpacked bytes of a report
 * @param mail bytes of a mail: it may hold several reports, and base64 makes them a third longer
 */
record DocumentLimits(int packed, int unpacked, int mail) {
    private static final int MAIL = 64 << 20;

    static DocumentLimits of(IntakeConfig config) {
        return new DocumentLimits(Math.toIntExact(config.maxBody().asLongValue()), config.largestReport(), MAIL);
    }
}
