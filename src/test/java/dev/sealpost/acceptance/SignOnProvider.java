package dev.sealpost.acceptance;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A provider of OpenID Connect: what it says of itself, its keys, and tokens signed with them. */
final class SignOnProvider implements AutoCloseable {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final Map<String, KeyPair> keys = new TreeMap<>();
    private volatile boolean away;

    SignOnProvider() throws IOException, GeneralSecurityException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/.well-known/openid-configuration", exchange -> answer(exchange, """
                {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token",
                "introspection_endpoint":"%1$s/introspect","id_token_signing_alg_values_supported":["RS256"],
                "response_types_supported":["code"],"subject_types_supported":["public"]}""".formatted(issuer())));
        server.createContext("/keys", exchange -> answer(exchange, jwks()));
        server.start();
        rotate("first");
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on there is one key, of this name. */
    void rotate(String name) throws GeneralSecurityException {
        synchronized (keys) {
            keys.clear();
            keys.put(name, pair());
        }
    }

    /** Answers nothing that helps, or does so again. */
    void away(boolean now) {
        away = now;
    }

    static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private String jwks() {
        synchronized (keys) {
            return keys.entrySet().stream()
                    .map(key -> {
                        RSAPublicKey open = (RSAPublicKey) key.getValue().getPublic();
                        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
                                .formatted(key.getKey(), number(open.getModulus()), number(open.getPublicExponent()));
                    })
                    .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
        }
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return URL.encodeToString(bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(away ? 503 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Signed with the present key. */
    String token(String claims) throws GeneralSecurityException {
        synchronized (keys) {
            Map.Entry<String, KeyPair> key = keys.entrySet().iterator().next();
            return token(key.getKey(), key.getValue(), claims);
        }
    }

    static String token(String kid, KeyPair pair, String claims) throws GeneralSecurityException {
        String text = part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}") + "." + part(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + URL.encodeToString(signature.sign());
    }

    static String unsigned(String claims) {
        return part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part(claims) + ".";
    }

    /** Signed with the public key as if it were a secret: who believes the token's own algorithm takes it. */
    String confused(String claims) throws GeneralSecurityException {
        synchronized (keys) {
            Map.Entry<String, KeyPair> key = keys.entrySet().iterator().next();
            String text =
                    part("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + key.getKey() + "\"}") + "." + part(claims);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getValue().getPublic().getEncoded(), "HmacSHA256"));
            return text + "." + URL.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
