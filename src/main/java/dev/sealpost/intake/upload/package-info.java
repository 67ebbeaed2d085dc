/** Files, archives and mails brought by hand, and the replay of the quarantine: all through the same door. */
@NullMarked
package dev.sealpost.intake.upload;

import org.jspecify.annotations.NullMarked;
