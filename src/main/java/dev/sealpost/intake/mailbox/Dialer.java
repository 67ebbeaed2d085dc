package dev.sealpost.intake.mailbox;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import dev.sealpost.intake.mailbox.MailTroubleException.Kind;
import dev.sealpost.intake.mailbox.MailboxConfig.Protocol;
import dev.sealpost.intake.mailbox.MailboxConfig.Tls;

/** Opens connections, encrypted as configured and never less. */
final class Dialer {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScheduledExecutorService timer;
    private final LongSupplier nanos;

    Dialer(ScheduledExecutorService timer, LongSupplier nanos) {
        this.timer = timer;
        this.nanos = nanos;
    }

    /** A connection after its greeting; an operation runs on it. */
    Line dial(MailboxConfig config) throws MailTroubleException {
        Socket tcp = new Socket();
        Guard guard = new Guard(tcp, config.timeout(), nanos);
        Future<?> watch =
                timer.scheduleAtFixedRate(guard::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        boolean open = false;
        try {
            guard.begin(Allowance.TALK);
            Line line = new Line(connected(config, tcp, guard), guard, watch);
            if (config.tls() != Tls.STARTTLS) {
                new ClearText(line.in(), line.out(), config.protocol()).greeting();
            }
            open = true;
            return line;
        } catch (IOException e) {
            throw trouble(config, guard, e);
        } catch (MailTroubleException e) {
            throw new MailTroubleException(e.kind(), Endpoint.of(config) + " " + e.getMessage());
        } finally {
            if (!open) {
                watch.cancel(false);
                guard.close();
            }
        }
    }

    private static Socket connected(MailboxConfig config, Socket tcp, Guard guard)
            throws IOException, MailTroubleException {
        int timeout = Math.toIntExact(config.timeout().toMillis());
        tcp.setTcpNoDelay(true);
        tcp.setKeepAlive(true);
        InetSocketAddress address = new InetSocketAddress(config.host(), Endpoint.port(config));
        if (address.isUnresolved()) {
            throw new UnknownHostException(config.host());
        }
        tcp.connect(address, timeout);
        tcp.setSoTimeout(timeout);
        if (config.tls() == Tls.INSECURE) {
            return tcp;
        }
        if (config.tls() == Tls.STARTTLS) {
            ClearText clear = new ClearText(new GuardedInput(tcp, guard), tcp.getOutputStream(), config.protocol());
            clear.greeting();
            byte[] tag = new byte[6];
            RANDOM.nextBytes(tag);
            clear.startTls("S" + HexFormat.of().formatHex(tag));
        }
        SSLSocket tls = (SSLSocket) TrustFile.context(config.trust())
                .getSocketFactory()
                .createSocket(tcp, config.host(), Endpoint.port(config), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static MailTroubleException trouble(MailboxConfig config, Guard guard, IOException e) {
        String where = Endpoint.of(config);
        String late = guard.trouble();
        if (late != null) {
            return new MailTroubleException(Kind.CONNECTION, where + " " + late, e);
        }
        return switch (e) {
            case UnknownHostException _ ->
                new MailTroubleException(Kind.CONNECTION, "no address for " + config.host() + ": check the host", e);
            case SocketTimeoutException _ ->
                new MailTroubleException(
                        Kind.CONNECTION, where + " does not answer in time: check host, port and firewall", e);
            case ConnectException _ ->
                new MailTroubleException(
                        Kind.CONNECTION, where + " cannot be reached: check host, port and firewall", e);
            case SSLException _ -> new MailTroubleException(Kind.TLS, where + " " + TlsWords.of(config, e), e);
            default -> new MailTroubleException(Kind.CONNECTION, where + " broke off", e);
        };
    }

    /** Where a mailbox is. */
    static final class Endpoint {
        private Endpoint() {}

        static int port(MailboxConfig config) {
            boolean imap = config.protocol() == Protocol.IMAP;
            int usual = config.tls() == Tls.IMPLICIT ? imap ? 993 : 995 : imap ? 143 : 110;
            return config.port().orElse(usual);
        }

        static String of(MailboxConfig config) {
            return config.host() + ":" + port(config);
        }
    }
}
