/**
 * Tells a downgrade attack from what fails every day. Pure functions over daily numbers of reports (RFC 8460): no clock, no
 * database. How it decides, and how well: docs/detection.md.
 */
@NullMarked
package dev.sealpost.alert.detect;

import org.jspecify.annotations.NullMarked;
