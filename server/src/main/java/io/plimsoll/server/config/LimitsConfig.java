package io.plimsoll.server.config;

import java.util.List;

/**
 * What one client of the HTTP server may ask for.
 *
 * @param corsOrigins of pages of other servers whose scripts may ask; empty: of none
 * @param requestsPerSecond to the API, from one address
 * @param maxBodyBytes longest body of a request, bytes
 */
public record LimitsConfig(List<String> corsOrigins, int requestsPerSecond, long maxBodyBytes) {

    /** Most requests of one address, unless told. */
    static final int REQUESTS_PER_SECOND = 5_000;

    /** Longest body, unless told, KiB. */
    static final int MAX_BODY_KIB = 1_024;

    static final LimitsConfig UNLESS_TOLD = of("", REQUESTS_PER_SECOND, MAX_BODY_KIB);

    public LimitsConfig {
        corsOrigins = List.copyOf(corsOrigins);
    }

    static LimitsConfig of(String origins, int requestsPerSecond, int maxBodyKib) {
        return new LimitsConfig(
                origins.isBlank()
                        ? List.of()
                        : List.of(origins.split(",")).stream().map(String::trim).toList(),
                requestsPerSecond,
                maxBodyKib * 1_024L);
    }
}
