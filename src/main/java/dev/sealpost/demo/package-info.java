/** An invented history of reports to look at: no clock, no files, the same for everybody who asks about the same day. */
@NullMarked
package dev.sealpost.demo;

import org.jspecify.annotations.NullMarked;
