package dev.sealpost.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DnsRecordCommandTest {
    private record Ran(int exit, String out) {}

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()));
        String[] all = new String[arguments.length + 1];
        all[0] = "dns-record";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new Ran(line.execute(all), out.toString().strip());
    }

    /** RFC 8460, section 3: the record is at _smtp._tls, and what separates its parts is encoded in an address. */
    @Test
    void theMailboxComesFirstAndSeparatorsAreEncoded() {
        assertThat(run("Example.ORG.", "--https", "https://tlsrpt.example.org/tlsrpt", "--mail", "a,b!c@example.org"))
                .isEqualTo(new Ran(
                        0,
                        "_smtp._tls.example.org. 3600 IN TXT \"v=TLSRPTv1;"
                                + " rua=mailto:a%2Cb%21c@example.org,https://tlsrpt.example.org/tlsrpt\""));
    }

    @Test
    void aNameThatIsNotAsciiIsWrittenAsAnALabel() {
        assertThat(run("bücher.example", "--mail", "mailto:r@example.org").out())
                .startsWith("_smtp._tls.xn--bcher-kva.example. ")
                .endsWith("\"v=TLSRPTv1; rua=mailto:r@example.org\"");
    }

    @Test
    void aLongRecordIsSplitIntoStringsOfTheDns() {
        String out = run("example.org", "--https", "https://example.org/tlsrpt/" + "k".repeat(300))
                .out();
        assertThat(out.substring(out.indexOf('"')).split(" (?=\")"))
                .hasSize(2)
                .allSatisfy(string -> assertThat(string).hasSizeLessThanOrEqualTo(257));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, --mail, nobody",
        "example.org, --mail, a b@example.org",
        "example.org, --https, http://example.org/tlsrpt",
        "not a domain, --mail, r@example.org"
    })
    void whatIsNoAddressIsWrongUse(String domain, String option, String value) {
        assertThat(run(domain, option, value)).isEqualTo(new Ran(2, ""));
    }

    @Test
    void somePlaceForReportsIsNeeded() {
        assertThat(run("example.org").exit()).isEqualTo(2);
    }
}
