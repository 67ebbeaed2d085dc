package dev.sealpost.quarantine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.sealpost.http.Listing;
import dev.sealpost.http.Parameter;
import dev.sealpost.http.Parameters;
import dev.sealpost.http.Place;
import dev.sealpost.origin.Channel;
import dev.sealpost.store.QuarantineEntries;

/** The parameters that say which entries are meant. */
public final class QuarantineFilter {
    private static final Parameter REASON =
            Parameter.one("reason", "Why the bytes are here, for example not-a-report.");
    private static final Parameter CHANNEL = Parameter.one(
            "channel",
            "The kind of door they came through.",
            Arrays.stream(Channel.values()).map(Channel::label).toArray(String[]::new));
    private static final Parameter SOURCE =
            Parameter.one("source", "Who brought them: an address, a mailbox or an uploader, exactly as listed.");

    /** What a replay of entries takes. */
    public static final List<Parameter> PARAMETERS =
            List.of(REASON, CHANNEL, SOURCE, Parameter.LIMIT, Parameter.CURSOR);

    /** What a list of entries takes. */
    static final List<Parameter> OF_LIST = Listing.with(REASON, CHANNEL, SOURCE);

    private QuarantineFilter() {}

    /** Which entries are wanted. */
    public static QuarantineEntries.Wanted wanted(Parameters parameters) {
        return new QuarantineEntries.Wanted(parameters.one(REASON), parameters.one(CHANNEL), parameters.one(SOURCE));
    }

    /** Where the list goes on. */
    public static Optional<QuarantineEntries.Place> after(Parameters parameters) {
        return parameters.position(2).map(QuarantineFilter::place);
    }

    static QuarantineEntries.Place place(List<String> position) {
        Place place = Place.of(position);
        return new QuarantineEntries.Place(place.received(), place.id());
    }

    /** The cursor that goes on after an entry. */
    public static String cursor(Parameters parameters, QuarantineEntries.Place place) {
        return parameters.cursor(new Place(place.received(), place.id()).position());
    }
}
