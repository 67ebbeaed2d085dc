package dev.sealpost.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** SQL with the values of its parameters, built up piece by piece. Text comes from constants only. */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    Sql(String text, Object... values) {
        add(text, values);
    }

    Sql add(String more, Object... moreValues) {
        text.append(more);
        values.addAll(List.of(moreValues));
        return this;
    }

    Sql add(Sql more) {
        text.append(more.text);
        values.addAll(more.values);
        return this;
    }

    String text() {
        return text.toString();
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, value(connection, values.get(i)));
        }
        return statement;
    }

    private static Object value(Connection connection, Object value) throws SQLException {
        return switch (value) {
            case Collection<?> texts -> connection.createArrayOf("text", texts.toArray());
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            default -> value;
        };
    }
}
