/** Questions to the DNS: bounded in time and size, with answers that tell "not there" from "not known now". */
@NullMarked
package dev.sealpost.dns;

import org.jspecify.annotations.NullMarked;
