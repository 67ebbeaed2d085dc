package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of things that are no reports: the same in pages and in every form. */
class ListsIT {
    private static final SealpostProcess SEALPOST = SharedSealpost.get();
    private static KnownCaller admin;

    @BeforeAll
    static void someOfEach() {
        admin = new KnownCaller(SEALPOST, SEALPOST.adminKey(), "", false, Set.of());
        for (String name : List.of("lists-a", "=lists")) {
            Calls.post(SEALPOST, "/tlsrpt", "{\"report-id\":\"" + name);
            Calls.with(SEALPOST, "POST", "/api/v1/imports", "{\"report-id\":\"imported " + name);
            Calls.with(SEALPOST, "POST", "/api/v1/keys", "{\"role\":\"viewer\",\"tenant\":\"lists\"}");
        }
        // Imports are told of as they go on.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> admin.rows("imports?", "json", 1_000).stream()
                                .allMatch(item -> "done".equals(item.get("state")))
                        && admin.rows("quarantine?", "json", 1_000).size() > 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quarantine?channel=https&", "imports?", "keys?", "tenants?", "audit?", "mailboxes?"})
    void pagesAndExportsHaveTheSameItems(String list) {
        List<Map<String, String>> whole = admin.rows(list, "json", 1_000);
        assertThat(admin.rows(list, "json", 1)).isEqualTo(whole);
        assertThat(admin.rows(list, "ndjson", 0)).isEqualTo(whole);
        List<Map<String, String>> table = admin.rows(list, "csv", 0);
        assertThat(table).hasSameSizeAs(whole);
        for (int i = 0; i < table.size(); i++) {
            assertThat(table.get(i)).containsOnlyKeys(whole.get(i).keySet());
        }
    }

    @Test
    void countsAreTextInATable() {
        List<String> reasons = new ArrayList<>();
        admin.rows("imports?", "csv", 0).forEach(row -> reasons.add(String.valueOf(row.get("reasons"))));
        assertThat(reasons).contains("truncated=1");
    }
}
