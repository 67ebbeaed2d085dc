package dev.sealpost.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.WithDefault;

/** The table of settings, made from the mapping interfaces: names and defaults as the program has them, and what is said there. */
final class ConfigurationPage {
    private ConfigurationPage() {}

    static String table() {
        Map<String, Method> settings = new TreeMap<>();
        for (Class<?> mapping : UnknownVariables.MAPPINGS) {
            ConfigMappings.getProperties(ConfigClass.configClass(mapping))
                    .forEach((name, property) -> settings.put(name, property.getMethod()));
        }
        settings.keySet().removeIf(name -> name.endsWith("[*]"));
        return "| property | variable | default | allowed | meaning |\n|---|---|---|---|---|\n"
                + settings.entrySet().stream()
                        .map(setting -> row(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static String row(String property, Method method) {
        WithDefault preset = method.getAnnotation(WithDefault.class);
        return "| `" + property.replace("*", "<name>") + "` | `" + UnknownVariables.variable(property) + "` | "
                + (preset == null ? "" : "`" + preset.value() + "`") + " | " + allowed(method.getGenericReturnType())
                + " | "
                + meaning(method) + " |";
    }

    private static String allowed(Type type) {
        if (type instanceof ParameterizedType of) {
            Type inner = of.getActualTypeArguments()[0];
            boolean several = java.util.Collection.class.isAssignableFrom((Class<?>) of.getRawType());
            return several ? "list of " + allowed(inner) : allowed(inner);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
                    .collect(Collectors.joining(", "));
        }
        return switch (plain.getSimpleName()) {
            case "boolean" -> "`true`, `false`";
            case "int", "long", "short", "OptionalInt" -> "number";
            case "Duration" -> "duration, such as `30d`, `15m`, `3500ms`";
            case "MemorySize" -> "bytes, such as `10M`";
            case "Path" -> "path";
            case "String" -> "text";
            case "double" -> "number, such as `0.5`";
            case "URI" -> "address, such as `http://host:4318/path`";
            default -> throw new IllegalStateException("say what is allowed for " + plain);
        };
    }

    /** What stands above the method in its source. */
    private static String meaning(Method method) {
        Class<?> outermost = method.getDeclaringClass();
        while (outermost.getDeclaringClass() != null) {
            outermost = outermost.getDeclaringClass();
        }
        try {
            String source = Files.readString(
                    Path.of("src/main/java", outermost.getName().replace('.', '/') + ".java"));
            int begin = source.indexOf("interface " + method.getDeclaringClass().getSimpleName());
            Matcher comment = Pattern.compile(
                            "/\\*\\*((?:(?!\\*/).)*)\\*/(?:\\s*@\\w+(?:\\(\"[^\"]*\"\\))?)*\\s*[\\w<>.]+ "
                                    + method.getName() + "\\(\\);",
                            Pattern.DOTALL)
                    .matcher(source);
            if (!comment.find(begin)) {
                throw new IllegalStateException("no comment above " + method);
            }
            return comment.group(1)
                    .replaceAll("\\s*\\n\\s*\\* ?", " ")
                    .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                    .replace("|", "\\|")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
