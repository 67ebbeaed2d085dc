package dev.sealpost;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jakarta.ws.rs.Path;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.config.ConfigMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrows of docs/architecture.md: who may use whom, and which package owns which technology. */
class ArchitectureTest {
    private static final String ROOT = "dev.sealpost";

    /** What pages and live checks may use. */
    private static final Set<String> PAGES = Set.of(
            "report", "watch", "store", "query", "alert", "quarantine", "notify", "access", "http", "dns", "outbound");

    /** Each package and the packages it may use beside itself; a name with a dot is an entry of its own. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("demo", Set.of()),
            entry("report", Set.of()),
            entry("trace", Set.of("origin")),
            entry("origin", Set.of()),
            entry("mime", Set.of("report")),
            entry("dns", Set.of()),
            entry("http", Set.of()),
            entry("outbound", Set.of()),
            entry("store", Set.of("report", "origin")),
            entry("access", Set.of("store", "http")),
            entry("watch", Set.of("report", "store", "access", "http")),
            entry("quarantine", Set.of("origin", "store", "access", "http")),
            entry("stream", Set.of("report", "origin")),
            entry(
                    "aggregate",
                    Set.of("report", "origin", "watch", "store", "stream", "quarantine", "access", "http", "trace")),
            entry("intake.spool", Set.of("origin", "stream", "quarantine")),
            entry("intake", Set.of("report", "origin", "stream", "watch", "quarantine", "intake.spool", "trace")),
            entry("intake.https", Set.of("intake", "origin", "access", "http")),
            entry("intake.mailbox", Set.of("intake", "report", "origin", "mime", "dns", "store", "access", "http")),
            entry("intake.upload", Set.of("intake", "origin", "mime", "quarantine", "store", "access", "http")),
            entry("query", Set.of("report", "origin", "store", "watch", "access", "http")),
            entry("alert.detect", Set.of("report")),
            entry("alert", Set.of("report", "origin", "store", "watch", "notify", "access", "http", "alert.detect")),
            entry("notify", Set.of("store", "stream", "outbound", "access", "http")),
            entry("posture", PAGES),
            entry("web", PAGES),
            entry("standalone", Set.of()));

    /** The command line may use everything, and is used by nothing. */
    private static final String COMMAND = "command";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Stream<String> packages() {
        return present().stream().filter(name -> !name.equals(COMMAND)).sorted();
    }

    private static Set<String> present() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length()))
                .map(name -> name.isEmpty() ? "" : name.substring(1))
                .collect(Collectors.toSet());
    }

    private static String[] named(Stream<String> names) {
        return names.map(name -> ROOT + "." + name).toArray(String[]::new);
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyWhatTheTableAllows(String name) {
        assertThat(MAY_USE).as("packages of the table").containsKey(name);
        holds(classes()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackage(ROOT + "..")
                .orShould()
                .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "reside in " + MAY_USE.get(name),
                        used -> !used.getPackageName().startsWith(ROOT)
                                || used.getPackageName().equals(ROOT + "." + name)
                                || Set.of(named(MAY_USE.get(name).stream())).contains(used.getPackageName()))));
    }

    @Test
    void thereAreNoCycles() {
        holds(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void onlyTheStoreTouchesTheDatabase() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".store", ROOT + ".standalone")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.persistence..",
                        "org.hibernate..",
                        "java.sql..",
                        "javax.sql..",
                        "io.agroal..",
                        "org.postgresql..",
                        "org.flywaydb..",
                        "io.quarkus.hibernate.."));
    }

    @Test
    void onlyTheStreamTouchesKafka() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".stream", ROOT + ".standalone")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "kafka..",
                        "io.smallrye.reactive.messaging..",
                        "org.eclipse.microprofile.reactive.."));
    }

    /** Where outsiders choose the address there is one guard; who else opens connections is named here. */
    @Test
    void onlyTheseOpenConnections() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".outbound", ROOT + ".intake.mailbox", ROOT + ".dns", ROOT + ".standalone")
                .and()
                // These ask their own server whether it is there.
                .doNotHaveSimpleName("ReadyLine")
                .and()
                .doNotHaveSimpleName("HealthcheckCommand")
                .and()
                .doNotHaveSimpleName("DemoDoor")
                .and()
                // Is given sockets of the door.
                .doNotHaveSimpleName("DoorKeyManager")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(Socket|URLConnection|HttpURLConnection|DatagramSocket)"
                        + "|java\\.net\\.http\\..*|java\\.nio\\.channels\\.(Async.*Socket|Socket|Datagram)Channel"
                        + "|javax\\.net\\.(ssl\\.SSL)?Socket(Factory)?|javax\\.net\\.ssl\\.SSLSocket(Factory)?"
                        + "|io\\.vertx\\..*(HttpClient|NetClient|WebClient)"));
    }

    @Test
    void onlyTheTracesKnowOpenTelemetry() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".trace")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry.."));
    }

    @Test
    void onlyTheMailboxReadsJakartaMail() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".intake.mailbox")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus.."));
    }

    @Test
    void onlyMimeKnowsMime4j() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".mime")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.james.mime4j.."));
    }

    @Test
    void onlyTheMailboxVerifiesSignatures() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".intake.mailbox")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.james.jdkim.."));
    }

    @Test
    void onlyDnsAsksTheDns() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".dns")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.xbill.."));
    }

    @Test
    void theReaderIsALibraryOfJdkAndJacksonOnly() {
        holds(classes()
                .that()
                .resideInAPackage(ROOT + ".report")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".report", "java..", "com.fasterxml.jackson.core..", "org.jspecify.annotations.."));
    }

    @Test
    void onlyCommandsStartTheEmbeddedParts() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".standalone", ROOT + "." + COMMAND)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".standalone"));
    }

    @Test
    void settingsAreInterfacesCalledConfig() {
        holds(classes()
                .that()
                .areAnnotatedWith(ConfigMapping.class)
                .should()
                .beInterfaces()
                .andShould()
                .haveSimpleNameEndingWith("Config"));
    }

    @Test
    void resourcesAreCalledResource() {
        holds(classes().that().areAnnotatedWith(Path.class).should().haveSimpleNameEndingWith("Resource"));
    }

    @Test
    void timeComesFromTheInjectedClock() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "." + COMMAND, ROOT + ".standalone")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void noPackageIsCalledAfterALayer() {
        assertThat(present())
                .allSatisfy(name -> assertThat(name.split("\\."))
                        .doesNotContain(
                                "util", "dto", "impl", "service", "model", "mapper", "config", "health", "manager"));
    }
}
