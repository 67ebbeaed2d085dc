package dev.sealpost.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;

/** A process of its own that holds the parts until it is killed or its input ends. */
final class StandaloneForTest {
    private StandaloneForTest() {}

    public static void main(String[] arguments) throws IOException {
        try (DataDirectory data = DataDirectory.open(Path.of(arguments[0]));
                Standalone standalone = Standalone.start(data, EnumSet.allOf(Part.class), StandaloneForTest::tell)) {
            System.out.println("up " + standalone.settings().size());
            System.in.transferTo(System.out);
        }
    }

    private static void tell(String line) {
        System.err.println(line);
    }
}
