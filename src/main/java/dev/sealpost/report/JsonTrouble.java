package dev.sealpost.report;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** What the JSON parser complains about, as a reason. Its messages repeat the input, so only the place is kept. */
final class JsonTrouble {
    private JsonTrouble() {}

    static Refused refused(IOException trouble, JsonParser parser, Limits limits) {
        JsonLocation at = parser.currentLocation();
        String place = " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        if (trouble instanceof StreamConstraintsException) {
            // The parser enters the level before it checks it.
            return parser.getParsingContext().getNestingDepth() > limits.maxDepth()
                    ? new Refused(Reason.TOO_DEEP, "JSON nested deeper than " + limits.maxDepth() + place)
                    : new Refused(Reason.TOO_LARGE, "a name, string, number or count of tokens over the limit" + place);
        }
        if (trouble instanceof JsonEOFException) {
            return new Refused(Reason.TRUNCATED, "JSON ends too early" + place);
        }
        return new Refused(Reason.BAD_JSON, "not well-formed JSON" + place);
    }
}
