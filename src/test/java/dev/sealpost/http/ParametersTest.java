package dev.sealpost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters as callers write them. */
class ParametersTest {
    private static final Parameter FROM = Parameter.one("from", "A day.");
    private static final Parameter TYPE = Parameter.many("type", "A type.", List.of("sts", "tlsa"));
    private static final List<Parameter> ACCEPTED = List.of(FROM, TYPE, Parameter.LIMIT, Parameter.CURSOR);

    @Test
    void aMisspeltParameterIsNamedWithThoseThatExist() {
        Problem problem = problem(Map.of("form", List.of("2026-11-23")));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.type()).isEqualTo("urn:sealpost:problem:bad-parameter");
        assertThat(problem.parameter()).isEqualTo("form");
        assertThat(problem.allowed()).containsExactly("from", "type", "limit", "cursor");
    }

    @Test
    void aValueThatIsNotAllowedIsRefusedWithThoseThatAre() {
        Problem problem = problem(Map.of("type", List.of("sts", "dane")));
        assertThat(problem.parameter()).isEqualTo("type");
        assertThat(problem.allowed()).containsExactly("sts", "tlsa");
    }

    @Test
    void onlyRepeatableParametersAreRepeated() {
        assertThat(parameters("type", "sts", "tlsa").all(TYPE)).containsExactly("sts", "tlsa");
        assertThat(problem(Map.of("from", List.of("2026-11-23", "2026-11-24"))).parameter())
                .isEqualTo("from");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "2026-11-31", "2026-1-1", "+12026-01-01", "0000-01-01", "yesterday", "2026-11-23\0"})
    void whatIsNoDayIsRefused(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parameters("from", text).day(FROM))
                .satisfies(refused -> assertThat(refused.problem().parameter()).isEqualTo("from"));
    }

    @Test
    void aDayIsRead() {
        assertThat(parameters("from", "2026-11-23").day(FROM)).contains(LocalDate.of(2026, 11, 23));
        assertThat(parameters("type", "sts").day(FROM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "ten", "99999999999", "1.0"})
    void aLimitIsOneToAThousand(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parameters("limit", text).limit());
    }

    @Test
    void aLimitIsAHundredUnlessGiven() {
        assertThat(parameters("limit", "1000").limit()).isEqualTo(1_000);
        assertThat(parameters("type", "sts").limit()).isEqualTo(100);
    }

    @Test
    void aCursorLeadsOnWithinItsQuestionOnly() {
        List<String> position = List.of("2026-11-23", "grüße", "-7");
        String cursor = parameters("type", "sts").cursor(position);
        assertThat(continued(cursor, "sts", 3)).isEqualTo(position);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> continued(cursor, "tlsa", 3));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> continued(cursor, "sts", 2));
    }

    @Test
    void anInventedCursorIsRefused() {
        String cursor = parameters("type", "sts").cursor(List.of("a", "b"));
        List<String> invented = new ArrayList<>(List.of("x", "!", "AAAA", cursor + "AAAA"));
        for (int length = 1; length < cursor.length(); length++) {
            invented.add(cursor.substring(0, length));
        }
        assertThat(invented)
                .allSatisfy(text ->
                        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> continued(text, "sts", 2)));
    }

    @Test
    void aCursorIsGoodForItsOwnCallAlone() {
        String cursor = parameters("type", "sts").cursor(List.of("a", "b"));
        Parameters other = Parameters.of("/other", Map.of("cursor", List.of(cursor), "type", List.of("sts")), ACCEPTED);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> other.position(2));
    }

    @Test
    void noBitOfACursorCanBeChanged() {
        byte[] cursor = Base64.getUrlDecoder().decode(parameters("type", "sts").cursor(List.of("a", "b")));
        for (int bit = 0; bit < cursor.length * 8; bit++) {
            byte[] changed = cursor.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> continued(text, "sts", 2));
        }
    }

    @Test
    void whatOneProcessWroteIsReadByAnotherWithTheSameOriginKeyOnly() {
        CursorSeal.use("of all processes");
        String cursor = parameters("type", "sts").cursor(List.of("a", "b"));
        CursorSeal.use("of another installation");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> continued(cursor, "sts", 2));
        CursorSeal.use("of all processes");
        assertThat(continued(cursor, "sts", 2)).containsExactly("a", "b");
    }

    private static List<String> continued(String cursor, String type, int parts) {
        return Parameters.of("/list", Map.of("cursor", List.of(cursor), "type", List.of(type)), ACCEPTED)
                .position(parts)
                .orElseThrow();
    }

    private static Parameters parameters(String name, String... values) {
        return Parameters.of("/list", Map.of(name, Arrays.asList(values)), ACCEPTED);
    }

    private static Problem problem(Map<String, List<String>> given) {
        try {
            Parameters.of("/list", given, ACCEPTED);
            throw new AssertionError("accepted " + given);
        } catch (ProblemException refused) {
            return refused.problem();
        }
    }
}
