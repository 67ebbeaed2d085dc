package dev.sealpost.command;

import java.nio.file.Path;
import java.util.Optional;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The block a start ends with: where things are and what to publish. Never shows a key. */
@Singleton
class NextSteps {
    private final Path data;
    private final Optional<Path> keyFile;
    private final int port;
    private final String scheme;
    private final String managementHost;
    private final int managementPort;

    NextSteps(
            ServerConfig config,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int plainPort,
            @ConfigProperty(name = "quarkus.http.ssl-port", defaultValue = "8443") int tlsPort,
            @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled") String plain,
            @ConfigProperty(name = "quarkus.management.host") String managementHost,
            @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int managementPort) {
        this.data = config.dataDir();
        this.keyFile = config.adminKeyFile();
        boolean tlsOnly = plain.equalsIgnoreCase("disabled");
        this.port = tlsOnly ? tlsPort : plainPort;
        this.scheme = tlsOnly ? "https" : "http";
        this.managementHost = managementHost;
        this.managementPort = managementPort;
    }

    /** The one line for programs. */
    String line() {
        return "Sealpost ready on port " + port;
    }

    /** The rest, for people. */
    String block() {
        return """
                  Reports        POST %6$s://localhost:%1$d/tlsrpt
                  Read API       %6$s://localhost:%1$d/api/v1/failures (Authorization: Bearer <admin key>)
                  Admin key      %2$s
                  API page       http://%3$s:%4$d/q/swagger-ui
                  Publish        _smtp._tls.<your domain>. TXT "v=TLSRPTv1; rua=https://<this host>/tlsrpt"
                  Data           %5$s (local disk, not a network file system)""".formatted(
                        port,
                        keyFile.map(Path::toString).orElse("from SEALPOST_ADMIN_KEY"),
                        managementHost.equals("0.0.0.0") ? "localhost" : managementHost,
                        managementPort,
                        data,
                        scheme)
                .indent(2)
                .stripTrailing();
    }
}
