/** The door for {@code rua=https:} (RFC 8460 sections 3 and 5.4). */
@NullMarked
package dev.sealpost.intake.https;

import org.jspecify.annotations.NullMarked;
