package dev.sealpost.chart;

import java.util.List;

/** Values that people set, each with the text that it brings into the manifests. */
final class ValueSets {
    /** What distributed needs at the least. */
    static final String DISTRIBUTED = """
            mode: distributed
            auth: {existingSecret: sealpost-keys}
            database: {host: db.mail.svc, existingSecret: sealpost-database}
            kafka: {bootstrapServers: "kafka-0:9092,kafka-1:9092"}
            """;

    /** Everything that can be switched on together. */
    static final String EVERYTHING = """
            mode: distributed
            image: {repository: registry.example.org/sealpost, pullSecrets: [{name: registry}]}
            auth: {existingSecret: sealpost-keys, previousOriginKeyKey: origin-key-before}
            database:
              host: db.mail.svc
              existingSecret: sealpost-database
              parameters: targetServerType=primary
              tls: {caSecret: database-ca}
              query: {existingSecret: sealpost-reader}
            kafka:
              bootstrapServers: kafka-0:9093,kafka-1:9093
              securityProtocol: SASL_SSL
              sasl: {existingSecret: kafka-user}
              tls: {caSecret: kafka-ca, clientSecret: kafka-client}
            mailboxes:
              google: {host: imap.gmail.com, user: reports@example.org, passwordSecret: {name: mailbox, key: google}}
              m365:
                host: outlook.office365.com
                user: reports@example.net
                oauth2.token-url: https://login.example.org/token
                oauth2.client-id: some-id
                clientSecretSecret: {name: mailbox, key: m365}
            settings:
              watch.domains: [example.org, example.net]
              intake.trusted-proxies: [10.0.0.0/8]
              kafka.partitions: 12
              quarantine.max-entries: 10000000
            tls: {existingSecret: certificate}
            routes:
              type: ingress
              host: reports.example.org
              apiHost: sealpost.example.org
              className: nginx
              tlsSecret: reports-tls
              apiTlsSecret: api-tls
              clusterIssuer: letsencrypt
            networkPolicy:
              enabled: true
              from: [{namespaceSelector: {matchLabels: {name: ingress}}}]
              metricsFrom: [{namespaceSelector: {matchLabels: {name: monitoring}}}]
              egress: [{ports: [{port: 5432}, {port: 9093}, {port: 993}, {port: 443}]}]
            monitoring:
              serviceMonitor: {enabled: true, labels: {release: prometheus}}
              prometheusRule: {enabled: true}
              dashboards: {enabled: true}
            pod:
              priorityClassName: important
              nodeSelector: {disk: ssd}
              tolerations: [{key: mail, operator: Exists}]
              extraEnv: [{name: QUARKUS_LOG_CONSOLE_FORMAT, value: "%m%n"}]
              extraVolumes: [{name: more, emptyDir: {}}]
              extraVolumeMounts: [{name: more, mountPath: /more}]
            intake: {autoscaling: {enabled: true}}
            aggregator: {autoscaling: {type: lag, maxReplicas: 12, triggerAuthentication: kafka}}
            api: {autoscaling: {enabled: true}}
            """;

    /**
     * A value that is set.
     *
     * @param base values it is added to
     * @param brings text that no manifest of the base has
     */
    record Switch(String base, String values, String brings) {
        @Override
        public String toString() {
            return values.strip().replaceAll("\\s+", " ");
        }
    }

    private ValueSets() {}

    static List<Switch> switches() {
        return List.of(
                standalone("nameOverride: reports", "name: rel-reports-standalone"),
                standalone("fullnameOverride: tlsrpt", "name: tlsrpt-standalone"),
                standalone("image: {repository: registry.example.org/s, tag: '7'}", "registry.example.org/s:7"),
                standalone("image: {digest: sha256:" + "ab".repeat(32) + "}", "sealpost@sha256:abab"),
                standalone("image: {pullSecrets: [{name: registry}]}", "imagePullSecrets"),
                standalone("settings: {watch.domains: [a.example, b.example]}", "value: \"a.example,b.example\""),
                standalone("settings: {quarantine.max-entries: 10000000}", "value: \"10000000\""),
                standalone("settings: {watch.auto: true}", "SEALPOST_WATCH_AUTO"),
                standalone(
                        "mailboxes: {own: {host: imap.a.example, user: u, passwordSecret: {name: m, key: p}}}",
                        "/etc/sealpost/mailboxes/own/password-file"),
                standalone("logs: {json: false}", "name: QUARKUS_LOG_CONSOLE_JSON_ENABLED\n          value: \"false\""),
                standalone("standalone: {persistence: {size: 100Gi}}", "storage: 100Gi"),
                standalone("standalone: {persistence: {storageClass: fast}}", "storageClassName: \"fast\""),
                standalone("standalone: {service: {type: LoadBalancer}}", "externalTrafficPolicy: Local"),
                standalone("standalone: {javaOptions: -Xss512k}", "-XX:MaxRAMPercentage=40 -Xss512k"),
                standalone("serviceAccount: {create: false, name: mine}", "serviceAccountName: mine"),
                standalone("tls: {existingSecret: certificate}", "SEALPOST_TLS_CERTIFICATE"),
                standalone("pod: {annotations: {a.example/b: c}}", "a.example/b: c"),
                standalone("pod: {labels: {team: mail}}", "team: mail"),
                standalone("pod: {userId: 2000}", "runAsUser: 2000"),
                standalone("pod: {drainSeconds: 20}", "sleep: {seconds: 20}"),
                standalone("pod: {extraEnv: [{name: TZ, value: UTC}]}", "name: TZ"),
                standalone("monitoring: {serviceMonitor: {enabled: true}}", "kind: ServiceMonitor"),
                standalone("monitoring: {prometheusRule: {enabled: true}}", "kind: PrometheusRule"),
                standalone("monitoring: {dashboards: {enabled: true}}", "operation.json"),
                standalone("networkPolicy: {enabled: true}", "kind: NetworkPolicy"),
                standalone("database: {host: db, existingSecret: d}", "jdbc:postgresql://db:5432/sealpost"),
                standalone(
                        "{routes: {type: ingress, host: r.example}, settings: {intake.trusted-proxies: 10.0.0.0/8}}",
                        "kind: Ingress"),
                standalone(
                        "{routes: {type: gateway, host: r.example, parentRefs: [{name: g}]},"
                                + " settings: {intake.trusted-proxies: 10.0.0.0/8}}",
                        "kind: HTTPRoute"),
                distributed("intake: {replicas: 5}", "replicas: 5"),
                distributed("intake: {autoscaling: {enabled: true}}", "selectPolicy: Disabled"),
                distributed("aggregator: {autoscaling: {type: cpu}}", "kind: HorizontalPodAutoscaler"),
                distributed("aggregator: {autoscaling: {type: lag}}", "kind: ScaledObject"),
                distributed("api: {resources: {limits: {memory: 3Gi}}}", "memory: 3Gi"),
                distributed("api: {topologySpread: false, maxUnavailable: 50%}", "maxUnavailable: 50%"),
                distributed("alerts: {replicas: 1}", "replicas: 1"),
                distributed(
                        "mailboxes: {own: {host: imap.a.example, user: u, passwordSecret: {name: m, key: p}}}",
                        "name: rel-sealpost-mailbox"));
    }

    private static Switch standalone(String values, String brings) {
        return new Switch("", values, brings);
    }

    private static Switch distributed(String values, String brings) {
        return new Switch(DISTRIBUTED, values, brings);
    }
}
