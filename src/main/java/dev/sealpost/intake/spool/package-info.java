/** The disk queue for what the broker does not take now, and its drain. */
@NullMarked
package dev.sealpost.intake.spool;

import org.jspecify.annotations.NullMarked;
