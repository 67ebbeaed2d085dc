package dev.sealpost.http;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import jakarta.ws.rs.core.UriInfo;

/** The query parameters of one request. Nothing is ignored: a misspelt filter would answer another question. */
public final class Parameters {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;
    static final int MAX_VALUES = 100;
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final String call;
    private final Map<String, List<String>> values;

    private Parameters(String call, Map<String, List<String>> values) {
        this.call = call;
        this.values = values;
    }

    /**
     * Takes the parameters of a request.
     *
     * @throws ProblemException if one is not accepted, stands too often, or has a value that is not allowed
     */
    public static Parameters of(UriInfo request, List<Parameter> accepted) {
        return of(request.getPath(), request.getQueryParameters(), accepted);
    }

    static Parameters of(String call, Map<String, List<String>> given, List<Parameter> accepted) {
        List<String> names = accepted.stream().map(Parameter::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                throw Problem.badParameter(name, "there is no such parameter here", names)
                        .exception();
            }
        }
        for (Parameter parameter : accepted) {
            check(parameter, given.getOrDefault(parameter.name(), List.of()));
        }
        return new Parameters(call, new TreeMap<>(given));
    }

    private static void check(Parameter parameter, List<String> values) {
        if (values.size() > (parameter.repeatable() ? MAX_VALUES : 1)) {
            throw parameter.refuse(parameter.repeatable() ? "given at most " + MAX_VALUES + " times" : "given once");
        }
        for (String value : values) {
            if (value.isBlank()
                    || value.length() > parameter.maxChars()
                    || value.chars().anyMatch(Character::isISOControl)) {
                throw parameter.refuse("1 to " + parameter.maxChars() + " printable characters");
            }
            if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(value)) {
                throw parameter.refuse("one of " + String.join(", ", parameter.allowed()));
            }
        }
    }

    /** All values of a parameter, in the order given; empty if it is absent. */
    public List<String> all(Parameter parameter) {
        return values.getOrDefault(parameter.name(), List.of());
    }

    /**
     * All values of a parameter, each as something else.
     *
     * @param reader gives nothing for a value that cannot be read
     * @param expected what the parameter must be, to tell the caller
     * @throws ProblemException if a value cannot be read
     */
    public <T> List<T> all(Parameter parameter, Function<String, Optional<T>> reader, String expected) {
        return all(parameter).stream()
                .map(value -> reader.apply(value).orElseThrow(() -> parameter.refuse(expected)))
                .toList();
    }

    /** The value of a parameter. */
    public Optional<String> one(Parameter parameter) {
        return all(parameter).stream().findFirst();
    }

    /**
     * A day such as 2026-11-23.
     *
     * @throws ProblemException if it is none
     */
    public Optional<LocalDate> day(Parameter parameter) {
        return all(parameter, Parameters::day, "a day such as 2026-11-23").stream()
                .findFirst();
    }

    private static Optional<LocalDate> day(String text) {
        try {
            LocalDate day = DAY.matcher(text).matches() ? LocalDate.parse(text) : LocalDate.MIN;
            return day.getYear() < 1 ? Optional.empty() : Optional.of(day);
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    /**
     * How many rows the caller wants.
     *
     * @throws ProblemException unless it is 1 to 1,000
     */
    public int limit() {
        return all(Parameter.LIMIT, Parameters::limit, "a number from 1 to " + MAX_LIMIT).stream()
                .findFirst()
                .orElse(DEFAULT_LIMIT);
    }

    private static Optional<Integer> limit(String text) {
        if (text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int limit = Integer.parseInt(text);
        return limit >= 1 && limit <= MAX_LIMIT ? Optional.of(limit) : Optional.empty();
    }

    /**
     * Where the list goes on: what {@link #cursor(List)} was given for the answer before; empty at the start.
     *
     * @param parts how many texts a position has here
     * @throws ProblemException if the cursor is not of the same question
     */
    public Optional<List<String>> position(int parts) {
        return all(
                        Parameter.CURSOR,
                        text -> Cursor.read(text, question()).filter(position -> position.size() == parts),
                        "the next of an answer to the same question")
                .stream()
                .findFirst();
    }

    /** The cursor that goes on after a position. */
    public String cursor(List<String> position) {
        return Cursor.write(position, question());
    }

    /** The call and all parameters but those of paging: a cursor leads on within the answer to one question. */
    private String question() {
        Map<String, List<String>> question = new TreeMap<>(values);
        List.of(Parameter.CURSOR, Parameter.LIMIT, Parameter.FORMAT).forEach(paging -> question.remove(paging.name()));
        return call + question;
    }
}
