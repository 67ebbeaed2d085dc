package dev.sealpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jakarta.inject.Singleton;

import dev.sealpost.dns.Resolver;
import dev.sealpost.dns.Texts;
import dev.sealpost.intake.mailbox.MailTroubleException;
import dev.sealpost.intake.mailbox.MailboxTrial;
import dev.sealpost.store.DatabaseHealth;
import dev.sealpost.stream.ReportPublisher;
import io.quarkus.arc.Unremovable;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.health.api.HealthGroup;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** The single looks of {@link DoctorCommand}. */
@Singleton
@Unremovable
class Examination {
    private static final int DATABASE_SECONDS = 15;

    /** Each takes half a second where nobody answers, and a client that is new may need more than one. */
    private static final int BROKER_LOOKS = 10;

    private static final Duration DNS_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofDays(14);
    private static final long SMALL_DISK = 1L << 30;
    private static final List<String> REMOTE = List.of("nfs", "nfs4", "cifs", "smb", "9p", "fuse.sshfs");

    private final SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    private final DatabaseHealth database;
    private final ReportPublisher broker;
    private final MailboxTrial mailboxes;
    private final Resolver dns;
    private final Clock clock;

    Examination(
            @HealthGroup("api") DatabaseHealth database,
            ReportPublisher broker,
            MailboxTrial mailboxes,
            Resolver dns,
            Clock clock) {
        this.database = database;
        this.broker = broker;
        this.mailboxes = mailboxes;
        this.dns = dns;
        this.clock = clock;
    }

    List<Finding> disk() throws IOException {
        Path data = Path.of(config.getValue("sealpost.data-dir", String.class));
        FileStore disk = Files.getFileStore(data);
        String free = (disk.getUsableSpace() >> 20) + " MiB free in " + data;
        if (REMOTE.contains(disk.type().toLowerCase(Locale.ROOT))) {
            return List.of(Finding.wrong(
                    "data directory",
                    data + " is on a network file system (" + disk.type() + ")",
                    "set SEALPOST_DATA_DIR to a directory on a local disk: locks and fsync must be true"));
        }
        return List.of(
                disk.getUsableSpace() < SMALL_DISK
                        ? Finding.wrong(
                                "data directory", free, "make room: reports wait there while the broker is away")
                        : Finding.fine("data directory", free));
    }

    List<Finding> certificate() {
        Optional<String> file = config.getOptionalValue("sealpost.tls.certificate", String.class);
        if (file.isEmpty()) {
            return List.of(Finding.fine("certificate", "none set: HTTPS is a proxy's business"));
        }
        try (InputStream in = Files.newInputStream(Path.of(file.get()))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Instant end = certificate.getNotAfter().toInstant();
            String detail = file.get() + " is good until " + end;
            return List.of(
                    end.isBefore(clock.instant().plus(SOON))
                            ? Finding.wrong("certificate", detail, "renew it: senders refuse an expired one")
                            : Finding.fine("certificate", detail));
        } catch (IOException | CertificateException e) {
            return List.of(Finding.wrong(
                    "certificate",
                    "cannot read " + file.get() + ": " + e.getMessage(),
                    "set SEALPOST_TLS_CERTIFICATE"));
        }
    }

    List<Finding> database() throws InterruptedException {
        String address = config.getOptionalValue("quarkus.datasource.jdbc.url", String.class)
                .map(url -> url.replaceAll("(?i)(password=)[^&]*", "$1********"))
                .orElse("none");
        for (int second = 0; second < DATABASE_SECONDS; second++) {
            if (database.call().getStatus() == HealthCheckResponse.Status.UP) {
                return List.of(Finding.fine("database", address + " answers, and its tables are current"));
            }
            TimeUnit.SECONDS.sleep(1);
        }
        return List.of(Finding.wrong(
                "database",
                address + " does not answer, or its tables cannot be brought up to date",
                "see the log above; check QUARKUS_DATASOURCE_JDBC_URL, _USERNAME and _PASSWORD, and that the user may create"
                        + " tables"));
    }

    List<Finding> broker() {
        String address =
                config.getOptionalValue("kafka.bootstrap.servers", String.class).orElse("none");
        return List.of(
                brokerAnswers()
                        ? Finding.fine("broker", address + " answers")
                        : Finding.wrong(
                                "broker",
                                address + " does not answer",
                                "check KAFKA_BOOTSTRAP_SERVERS, KAFKA_SECURITY_PROTOCOL and the SASL settings"));
    }

    private boolean brokerAnswers() {
        for (int look = 0; look < BROKER_LOOKS; look++) {
            if (broker.reach()) {
                return true;
            }
        }
        return false;
    }

    List<Finding> mailboxes() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (String name : mailboxes.names()) {
            String about = "mailbox " + name;
            try {
                List<String> said = new ArrayList<>();
                mailboxes.run(name, said::add);
                findings.add(Finding.fine(about, said.isEmpty() ? "signed in" : said.getFirst()));
            } catch (MailTroubleException trouble) {
                findings.add(Finding.wrong(about, trouble.explanation(), "try: sealpost mailboxes test " + name));
            }
        }
        return findings;
    }

    List<Finding> records() {
        List<Finding> findings = new ArrayList<>();
        for (String domain :
                config.getOptionalValues("sealpost.watch.domains", String.class).orElse(List.of())) {
            findings.add(record(domain.strip()));
        }
        return findings;
    }

    private Finding record(String domain) {
        String about = "TXT of " + domain;
        String make = "publish what this prints: sealpost dns-record " + domain + " --https https://<this host>/tlsrpt";
        return switch (dns.texts("_smtp._tls." + domain, DNS_PATIENCE)) {
            case Texts.Found found -> {
                List<String> ours = found.records().stream()
                        .filter(text -> text.startsWith("v=TLSRPTv1"))
                        .toList();
                yield ours.size() == 1 && ours.getFirst().matches("v=TLSRPTv1 *;.*rua=.+")
                        ? Finding.fine(about, ours.getFirst())
                        : Finding.wrong(about, ours.size() + " records of TLSRPT, or one without rua", make);
            }
            case Texts.Absent absent -> Finding.wrong(about, "there is none, so nobody reports", make);
            case Texts.Temporary later ->
                Finding.wrong(about, later.reason(), "ask again; check the resolver of this machine");
            case Texts.Malformed malformed -> Finding.wrong(about, malformed.reason(), make);
        };
    }
}
