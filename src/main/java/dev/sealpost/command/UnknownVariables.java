package dev.sealpost.command;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.sealpost.access.AccessConfig;
import dev.sealpost.access.SignOnConfig;
import dev.sealpost.aggregate.MetricsConfig;
import dev.sealpost.aggregate.RetentionConfig;
import dev.sealpost.http.ExportConfig;
import dev.sealpost.intake.IntakeConfig;
import dev.sealpost.intake.https.BudgetConfig;
import dev.sealpost.intake.https.HttpsConfig;
import dev.sealpost.intake.https.TlsConfig;
import dev.sealpost.intake.mailbox.MailboxesConfig;
import dev.sealpost.intake.spool.SpoolConfig;
import dev.sealpost.intake.upload.ImportsConfig;
import dev.sealpost.origin.OriginConfig;
import dev.sealpost.outbound.OutboundConfig;
import dev.sealpost.store.AlertsConfig;
import dev.sealpost.store.QuarantineConfig;
import dev.sealpost.store.QuarantineRetentionConfig;
import dev.sealpost.stream.StreamConfig;
import dev.sealpost.trace.TracingConfig;
import dev.sealpost.watch.WatchConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;

/** Environment variables that look like settings and are none: the most common mistake, and a silent one elsewhere. */
final class UnknownVariables {
    /** All settings of ours. */
    static final List<Class<?>> MAPPINGS = List.of(
            AccessConfig.class,
            AlertsConfig.class,
            BudgetConfig.class,
            ExportConfig.class,
            HttpsConfig.class,
            ImportsConfig.class,
            IntakeConfig.class,
            MailboxesConfig.class,
            MetricsConfig.class,
            OriginConfig.class,
            OutboundConfig.class,
            QuarantineConfig.class,
            QuarantineRetentionConfig.class,
            RetentionConfig.class,
            ServerConfig.class,
            SignOnConfig.class,
            SpoolConfig.class,
            StreamConfig.class,
            TlsConfig.class,
            TracingConfig.class,
            WatchConfig.class);

    /** Stands for the name that a user gives, such as that of a mailbox. */
    private static final String ANY_NAME = "<NAME>";

    /** What Kubernetes adds for services whose names begin with sealpost. */
    private static final Pattern SERVICE = Pattern.compile("SEALPOST_(.+_)?SERVICE_(HOST|PORT.*)");

    private static final Pattern PORT = Pattern.compile("SEALPOST_(.+_)?PORT(_.*)?");

    private UnknownVariables() {}

    /** All names of settings, as properties. */
    static SortedSet<String> known() {
        SortedSet<String> names = new TreeSet<>();
        for (Class<?> mapping : MAPPINGS) {
            ConfigClass known = ConfigClass.configClass(mapping);
            names.addAll(ConfigMappings.getProperties(known).keySet());
        }
        // A list has a second name for its elements one by one; one name is enough.
        names.removeIf(name -> name.endsWith("[*]"));
        return names;
    }

    /**
     * Looks for names that no setting has.
     *
     * @throws SettingException naming the variable and the setting that is nearest to it
     */
    static void check(Map<String, String> environment) {
        List<String> known = known().stream().map(UnknownVariables::variable).toList();
        List<Pattern> named = known.stream()
                .filter(variable -> variable.contains(ANY_NAME))
                .map(variable -> Pattern.compile(variable.replace(ANY_NAME, "[A-Z0-9_]+")))
                .toList();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith("SEALPOST_")
                    && !known.contains(name)
                    && named.stream().noneMatch(pattern -> pattern.matcher(name).matches())
                    && !isServiceLink(name, environment.getOrDefault(name, ""))) {
                String nearest = known.stream()
                        .min(Comparator.comparingInt(candidate -> distance(candidate, name)))
                        .orElseThrow();
                throw new SettingException("There is no setting " + name + "; did you mean " + nearest + "?");
            }
        }
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE.matcher(name).matches()
                || (PORT.matcher(name).matches() && (value.startsWith("tcp://") || name.contains("_TCP")));
    }

    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9*]", "_")
                .toUpperCase(Locale.ROOT)
                .replace("*", ANY_NAME);
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int cost = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(cost, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
