package dev.sealpost.intake.upload;

import java.util.Locale;

/** Why something never came to the door. A closed set, shown with how often it happened. */
enum Skip {
    /** Larger than a document may be, so that it is not kept either. */
    TOO_LARGE,
    /** More containers inside each other than are opened. */
    TOO_DEEP,
    /** More entries, or more unpacked bytes for what was packed, than any honest source has. */
    TOO_MANY,
    /** A container that ends too early or is broken; what was in it before is imported. */
    DAMAGED,
    /** A member of a tar that is no regular file: a link, a device, a sparse file. */
    NOT_A_FILE,
    /** A file that cannot be read. */
    UNREADABLE;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
