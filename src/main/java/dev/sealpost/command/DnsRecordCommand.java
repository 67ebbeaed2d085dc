package dev.sealpost.command;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.sealpost.report.DomainName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The record that asks senders for reports (RFC 8460, section 3). */
@Command(
        name = "dns-record",
        description = {
            "Print the TXT record that asks senders for reports about a domain, as a line of a zone file.",
            "Name one of --mail and --https: with both, the mail comes first, since Microsoft uses only the first address."
        },
        mixinStandardHelpOptions = true)
final class DnsRecordCommand implements Callable<Integer> {
    private static final int TTL_SECONDS = 3600;

    /** Of one string of a TXT record (RFC 1035, section 3.3). */
    private static final int LONGEST_STRING = 255;

    @Parameters(paramLabel = "DOMAIN", description = "the domain whose mail shall be reported about")
    private String domain = "";

    @Option(names = "--mail", paramLabel = "ADDRESS", description = "a mailbox that takes reports")
    private @Nullable String mail;

    @Option(
            names = "--https",
            paramLabel = "URL",
            description = "the public address of the door, such as https://host/tlsrpt")
    private @Nullable URI https;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        DomainName name = DomainName.parse(domain).orElseThrow(() -> wrong("'" + domain + "' is no domain"));
        List<String> addresses = new ArrayList<>();
        Optional.ofNullable(mail).map(this::mailto).ifPresent(addresses::add);
        Optional.ofNullable(https).map(this::door).ifPresent(addresses::add);
        if (addresses.isEmpty()) {
            throw wrong("Say where reports shall go: --mail ADDRESS or --https URL");
        }
        if (addresses.size() > 1) {
            Progress.say(
                    "Both addresses get every report of senders that use both; a report that comes twice counts once."
                            + " One address is enough.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("_smtp._tls." + name + ". " + TTL_SECONDS + " IN TXT "
                + quoted("v=TLSRPTv1; rua=" + String.join(",", addresses)));
        out.flush();
        return 0;
    }

    private String mailto(String address) {
        String bare = address.startsWith("mailto:") ? address.substring("mailto:".length()) : address;
        int at = bare.lastIndexOf('@');
        if (at < 1
                || DomainName.parse(bare.substring(at + 1)).isEmpty()
                || !bare.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\')) {
            throw wrong("--mail: '" + address + "' is no address of a mailbox");
        }
        return "mailto:" + escaped(bare);
    }

    private String door(URI address) {
        if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw wrong("--https: '" + address + "' is no https address with a host");
        }
        return escaped(address.toASCIIString());
    }

    /** What separates addresses and fields of the record is encoded within one (RFC 8460, section 3). */
    private static String escaped(String address) {
        return address.replace(",", "%2C")
                .replace(";", "%3B")
                .replace("!", "%21")
                .replace("\"", "%22");
    }

    private static String quoted(String record) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < record.length(); i += LONGEST_STRING) {
            strings.add("\"" + record.substring(i, Math.min(record.length(), i + LONGEST_STRING)) + "\"");
        }
        return String.join(" ", strings);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
