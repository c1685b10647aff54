package io.plimsoll.topology.windows;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Names of the stores that windows of one kind of subject are kept in.
 *
 * @param open windows that may still change
 * @param sizes sizes of the windows
 * @param nameBySize store of the windows of a size
 */
public record WindowStores(String open, List<Duration> sizes, Function<Duration, String> nameBySize) {

    String store(Duration size) {
        return nameBySize.apply(size);
    }
}
