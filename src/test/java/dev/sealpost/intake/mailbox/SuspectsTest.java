package dev.sealpost.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

class SuspectsTest {
    private final MailTroubleException cut =
            new MailTroubleException(MailTroubleException.Kind.CONNECTION, "broke off");
    private final MailTroubleException nonsense =
            new MailTroubleException(MailTroubleException.Kind.PROTOCOL, "nonsense");

    private final Map<String, Integer> counted = new HashMap<>();
    private final Suspects suspects = new Suspects(key -> counted.merge(key, 1, Integer::sum), 2);

    @Test
    void whatMayHaveBrokenAPageComesLastAndAlone() {
        suspects.broke(List.of("1", "2", "3", "4"), Set.of("1", "2"), cut);
        List<String> open = new ArrayList<>(List.of("3", "4", "5", "6"));
        suspects.putLast(open);
        assertThat(open).containsExactly("5", "6", "3", "4");
        assertThat(suspects.pageSize("5", 100)).isEqualTo(100);
        assertThat(suspects.pageSize("3", 100)).isEqualTo(1);
        suspects.worked(Set.of("3"));
        assertThat(suspects.pageSize("3", 100)).isEqualTo(100);
    }

    @Test
    void aBadConnectionIsNoMailsFault() {
        for (int i = 0; i < 20; i++) {
            assertThat(suspects.broke(List.of("1"), Set.of(), cut)).isFalse();
        }
        assertThat(counted).isEmpty();
    }

    @Test
    void aMailThatFailsWhileOthersDoNotIsGivenUp() {
        suspects.broke(List.of("1", "2"), Set.of(), cut);
        suspects.worked(Set.of("2"));
        assertThat(suspects.broke(List.of("1"), Set.of(), cut)).isFalse();
        suspects.worked(Set.of("9"));
        assertThat(suspects.broke(List.of("1"), Set.of(), cut)).isTrue();
    }

    @Test
    void aMailThatTheServerTellsNonsenseOfIsGivenUp() {
        assertThat(suspects.broke(List.of("1"), Set.of(), nonsense)).isFalse();
        assertThat(suspects.broke(List.of("1"), Set.of(), nonsense)).isTrue();
    }

    @Test
    void aPageOfManyIsNeverGivenUp() {
        for (int i = 0; i < 20; i++) {
            assertThat(suspects.broke(List.of("1", "2"), Set.of(), nonsense)).isFalse();
        }
    }
}
