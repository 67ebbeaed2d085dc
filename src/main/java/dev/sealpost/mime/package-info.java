/** Mails to the reports in them: a bounded walk over all parts, and one rule which of them are reports. */
@NullMarked
package dev.sealpost.mime;

import org.jspecify.annotations.NullMarked;
