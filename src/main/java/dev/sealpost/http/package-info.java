/** What all resources share: problems (RFC 9457), reading of parameters, cursors, CSV and NDJSON. */
@NullMarked
package dev.sealpost.http;

import org.jspecify.annotations.NullMarked;
