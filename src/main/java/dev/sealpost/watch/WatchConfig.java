package dev.sealpost.watch;

import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which domains are watched. */
@ConfigMapping(prefix = "sealpost.watch")
public interface WatchConfig {
    /** The domains, as A-labels or U-labels. */
    Optional<List<String>> domains();

    /** Watches every domain that a report names. */
    @WithDefault("false")
    boolean auto();

    /** Reports of other domains. */
    Unclaimed unclaimed();

    /** What is stored of domains that nobody watches. */
    interface Unclaimed {
        /**
         * Reports stored for each UTC day of their arrival; the first thousandth of it from each source's network is
         * stored beyond that, up to twice as many in all.
         */
        @WithDefault("20000")
        long perDay();
    }
}
