package dev.sealpost.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A name server on a free port of this machine, over UDP and TCP, that answers as it is told or not at all. */
public final class DnsServer implements AutoCloseable {
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final Function<Message, byte @Nullable []> answers;
    private final AtomicInteger questions = new AtomicInteger();

    /** @param answers the bytes of the answer to a question; null to stay silent */
    public DnsServer(Function<Message, byte @Nullable []> answers) throws IOException {
        this.answers = answers;
        tcp = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serveUdp);
        Thread.ofVirtual().start(this::serveTcp);
    }

    /** An answer with records and no error. */
    public static Message answer(Message question, Record... records) {
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question.getQuestion(), Section.QUESTION);
        for (Record record : records) {
            answer.addRecord(record, Section.ANSWER);
        }
        return answer;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort());
    }

    /** A resolver that asks this server. */
    public SystemResolver resolver() {
        return new SystemResolver(() -> List.of(address()), System::nanoTime);
    }

    int questions() {
        return questions.get();
    }

    private byte @Nullable [] answer(byte[] question) throws IOException {
        questions.incrementAndGet();
        return answers.apply(new Message(question));
    }

    private void serveUdp() {
        byte[] buffer = new byte[2_000];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                if (answer != null && answer.length <= 1_232) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } else if (answer != null) {
                    Message cut = answer(new Message(Arrays.copyOf(buffer, packet.getLength())));
                    cut.getHeader().setFlag(Flags.TC);
                    byte[] bytes = cut.toWire();
                    udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or a question that is none.
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()));
                if (answer != null) {
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    out.writeShort(answer.length);
                    out.write(answer);
                    out.flush();
                }
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
