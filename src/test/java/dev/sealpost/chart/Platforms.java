package dev.sealpost.chart;

import java.util.List;

/** Whole sets of values, as people write them for the platform that they have. */
final class Platforms {
    private static final String KEYS = """
            mode: distributed
            auth: {existingSecret: sealpost-keys}
            """;

    /** Two sets that replace parts of the least one. */
    private static final String OPERATORS = KEYS + """
            database: {host: reports-rw.db.svc, name: app, existingSecret: reports-app, tls: {caSecret: reports-ca}}
            kafka:
              bootstrapServers: tlsrpt-kafka-bootstrap.kafka.svc:9093
              securityProtocol: SASL_SSL
              sasl: {existingSecret: reports-user}
              tls: {caSecret: tlsrpt-cluster-ca-cert}
            """;

    /**
     * A platform.
     *
     * @param brings texts that the manifests have
     * @param lacks texts that they must not have
     */
    record Platform(String name, String values, List<String> brings, List<String> lacks) {
        @Override
        public String toString() {
            return name;
        }
    }

    private Platforms() {}

    static List<Platform> all() {
        return List.of(
                platform(
                        "GKE with an Ingress, whose health check needs the management port",
                        ValueSets.DISTRIBUTED + """
                        settings: {intake.trusted-proxies: [130.211.0.0/22, 35.191.0.0/16]}
                        routes:
                          type: ingress
                          host: tlsrpt.example.org
                          annotations:
                            kubernetes.io/ingress.class: gce
                            networking.gke.io/managed-certificates: tlsrpt
                        intake: {service: {annotations: {cloud.google.com/backend-config: '{"default": "sealpost"}'}}}
                        """,
                        List.of("kubernetes.io/ingress.class: gce", "cloud.google.com/backend-config: '{\"default\""),
                        List.of("ingressClassName")),
                platform(
                        "EKS behind a network load balancer that tells addresses by PROXY",
                        ValueSets.DISTRIBUTED + """
                        tls: {existingSecret: certificate}
                        intake:
                          extraEnv: [{name: QUARKUS_HTTP_PROXY_USE_PROXY_PROTOCOL, value: "true"}]
                          service:
                            type: LoadBalancer
                            loadBalancerClass: service.k8s.aws/nlb
                            loadBalancerSourceRanges: [0.0.0.0/0]
                            annotations:
                              service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing
                              service.beta.kubernetes.io/aws-load-balancer-proxy-protocol: "*"
                        """,
                        List.of(
                                "loadBalancerClass: service.k8s.aws/nlb",
                                "- 0.0.0.0/0",
                                "externalTrafficPolicy: Local",
                                // Senders come to 443, and nothing without TLS is open to them.
                                "ports:\n  - {name: https, port: 443, targetPort: https, appProtocol: https}"),
                        List.of()),
                platform(
                        "secrets of Strimzi and CloudNativePG as they are",
                        OPERATORS,
                        List.of(
                                "{name: \"reports-user\", key: \"sasl.jaas.config\"}",
                                "/etc/sealpost/kafka-ca/ca.crt",
                                "secretName: \"tlsrpt-cluster-ca-cert\"",
                                "{name: \"reports-app\", key: \"username\"}",
                                "jdbc:postgresql://reports-rw.db.svc:5432/app?sslmode=verify-full&sslrootcert=/etc/sealpost/database-ca/ca.crt"),
                        List.of()),
                platform(
                        "Istio, whose sidecar would keep the Job from ending",
                        ValueSets.DISTRIBUTED + """
                        pod: {labels: {sidecar.istio.io/inject: "true"}}
                        migration: {labels: {sidecar.istio.io/inject: "false"}, annotations: {proxy.istio.io/config: "{}"}}
                        """,
                        List.of(
                                "sidecar.istio.io/inject: \"false\"",
                                "proxy.istio.io/config: '{}'",
                                "appProtocol: http"),
                        List.of()),
                platform(
                        "OpenShift, which chooses users itself",
                        ValueSets.DISTRIBUTED + """
                        pod: {userId: null}
                        """,
                        List.of("runAsNonRoot: true"),
                        List.of("runAsUser", "runAsGroup", "fsGroup:")),
                platform(
                        "a registry without the Internet",
                        ValueSets.DISTRIBUTED + """
                        image:
                          repository: registry.internal:5000/mail/sealpost
                          digest: sha256:%s
                          pullPolicy: Always
                          pullSecrets: [{name: internal}]
                        """.formatted("cd".repeat(32)),
                        List.of("registry.internal:5000/mail/sealpost@sha256:cdcd"),
                        List.of("image: \"sealpost")),
                platform(
                        "IPv6 alone",
                        KEYS + """
                        database: {host: "fd00::5", existingSecret: d}
                        kafka: {bootstrapServers: "[fd00::6]:9092"}
                        settings: {intake.trusted-proxies: [fd00::/8]}
                        routes: {type: ingress, host: tlsrpt.example.org, className: nginx}
                        intake: {service: {ipFamilyPolicy: SingleStack}}
                        networkPolicy: {enabled: true, from: [{ipBlock: {cidr: "::/0"}}]}
                        """,
                        List.of(
                                "jdbc:postgresql://[fd00::5]:5432/sealpost",
                                "value: \"fd00::/8\"",
                                "ipFamilyPolicy: SingleStack"),
                        List.of()),
                platform(
                        "k3s on one node, with its Traefik",
                        """
                        settings: {watch.domains: [example.org], intake.trusted-proxies: [10.42.0.0/16]}
                        routes: {type: ingress, host: tlsrpt.example.org, className: traefik, tlsSecret: t, clusterIssuer: acme}
                        standalone: {persistence: {storageClass: local-path}, resources: {requests: {cpu: 250m, memory: 768Mi}}}
                        """,
                        List.of("ingressClassName: traefik", "storageClassName: \"local-path\"", "memory: 768Mi"),
                        List.of("PodDisruptionBudget")),
                platform(
                        "Gateway API with a listener for each of two hosts, and pods that serve TLS",
                        ValueSets.DISTRIBUTED + """
                        tls: {existingSecret: certificate}
                        settings: {intake.trusted-proxies: [10.0.0.0/8]}
                        routes:
                          type: gateway
                          host: tlsrpt.example.org
                          apiHost: sealpost.example.org
                          parentRefs:
                          - {name: public, namespace: gateways, sectionName: https-tlsrpt}
                          - {name: private, namespace: gateways, port: 443, group: gateway.networking.k8s.io, kind: Gateway}
                        """,
                        List.of(
                                "sectionName: https-tlsrpt",
                                "port: 443\n",
                                "hostnames: [\"sealpost.example.org\"]",
                                // A gateway speaks HTTP to its backends unless a policy says otherwise.
                                "rel-sealpost-api\n      port: 8080"),
                        List.of("port: 8443\n")),
                platform(
                        "an ingress before pods that serve TLS",
                        """
                        tls: {existingSecret: certificate}
                        settings: {intake.trusted-proxies: [10.0.0.0/8]}
                        routes: {type: ingress, host: tlsrpt.example.org, className: nginx, tlsSecret: t}
                        """,
                        List.of("nginx.ingress.kubernetes.io/backend-protocol: HTTPS", "port: {name: https}"),
                        List.of()));
    }

    private static Platform platform(String name, String values, List<String> brings, List<String> lacks) {
        return new Platform(name, values, brings, lacks);
    }
}
