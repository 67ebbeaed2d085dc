package dev.sealpost.origin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/** The keys that seal origins on the topic. */
@ConfigMapping(prefix = "sealpost.origin")
public interface OriginConfig {
    /** Key that signs, 32 or more characters; the same in every process. Made by the first start where one process does all. */
    String key();

    /** File that holds the key. */
    @WithName("key-file")
    Optional<Path> keyFile();

    /** The key before, still believed while keys are rotated. */
    @WithName("previous-key")
    Optional<String> previousKey();

    /** File that holds the key before. */
    @WithName("previous-key-file")
    Optional<Path> previousKeyFile();

    /** The seal of these keys. */
    default OriginSeal seal() {
        return new OriginSeal(previousKey().map(old -> List.of(key(), old)).orElseGet(() -> List.of(key())));
    }
}
