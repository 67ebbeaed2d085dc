package dev.sealpost.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;

/** The chart, rendered as Helm renders it, without a cluster. */
public final class Chart {
    private static final Path SOURCE = Path.of("helm", "sealpost");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path COPY = copy();

    private Chart() {}

    /** What Helm's linter says of values; it fails on warnings. */
    static LintResult lint() {
        return new Helm(SOURCE).lint().strict().call();
    }

    /**
     * All manifests, those of hooks included, and the notes as a config map of that name.
     *
     * @param values as in a file of values
     * @throws IllegalStateException when the schema or the validation refuses them
     */
    public static List<JsonNode> render(String values) {
        String text = text(values);
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** The same as one text. */
    static String text(String values) {
        try {
            Path file = Files.createTempFile(COPY.getParent(), "values", ".yaml");
            Files.writeString(file, values);
            return new Helm(COPY)
                    .template()
                    .withName("rel")
                    .withNamespace("mail")
                    .withKubeVersion("1.33.0")
                    .withValuesFile(file)
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Helm leaves hooks and notes out of what it renders; in this copy they are ordinary manifests. */
    private static Path copy() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            Files.createDirectories(target);
            Path copy = Files.createTempDirectory(target, "chart").resolve("sealpost");
            List<Path> files;
            try (Stream<Path> all = Files.walk(SOURCE)) {
                files = all.filter(Files::isRegularFile).toList();
            }
            for (Path file : files) {
                Path to = copy.resolve(SOURCE.relativize(file));
                Files.createDirectories(to.getParent());
                String text = Files.readString(file);
                Files.writeString(to, text.replaceAll("(?m)^ *helm\\.sh/hook: .*\n", ""));
            }
            Files.move(copy.resolve("templates/NOTES.txt"), copy.resolve("notes.txt"));
            Files.writeString(copy.resolve("templates/notes.yaml"), """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: notes}
                    data: {text: {{ tpl (.Files.Get "notes.txt") . | toJson }}}
                    """);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
