package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class LatestStoreTest {

    private final LatestStore<Integer> store =
            LatestStore.<Integer>builder("numbers").build();

    @Test
    void shouldHoldTheNewestValueOfEachKey() {
        store.put("a", 1);
        store.put("b", 2);

        store.put("a", 3);
        store.put("b", null);

        assertThat(store.get("a")).isEqualTo(3);
        assertThat(store.get("b")).isNull();
        assertThat(store.approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void shouldGiveKeysInOrderWithBothEnds() {
        for (String key : List.of("d", "b", "a", "c")) {
            store.put(key, (int) key.charAt(0));
        }

        assertThat(keys(store.all())).containsExactly("a", "b", "c", "d");
        assertThat(keys(store.reverseAll())).containsExactly("d", "c", "b", "a");
        assertThat(keys(store.range("b", "c"))).containsExactly("b", "c");
        assertThat(keys(store.range("c", null))).containsExactly("c", "d");
        assertThat(keys(store.reverseRange(null, "b"))).containsExactly("b", "a");
        assertThat(keys(store.range("c", "b"))).isEmpty();
    }

    @Test
    void shouldShowTheNextKeyWithoutTakingIt() {
        store.put("a", 1);
        KeyValueIterator<String, Integer> entries = store.all();

        assertThat(entries.peekNextKey()).isEqualTo("a");
        assertThat(entries.hasNext()).isTrue();
        assertThat(entries.next().value).isEqualTo(1);
        assertThat(entries.hasNext()).isFalse();
    }

    @Test
    void shouldBeEmptyWhenTheLifeOfItsProcessorBegins() {
        MockProcessorContext<String, Integer> context = new MockProcessorContext<>();
        context.addStateStore(store);
        store.put("held when it was closed", 1);
        store.put("and this", 2);

        KeyValueStore<String, Integer> opened = LatestStore.emptied(context, "numbers");
        opened.put("new", 3);

        assertThat(keys(store.all())).containsExactly("new");
    }

    @Test
    void shouldBeEmptyOnceClosed() {
        store.put("a", 1);

        store.close();

        assertThat(store.isOpen()).isFalse();
        assertThat(store.get("a")).isNull();
    }

    private static List<String> keys(KeyValueIterator<String, Integer> entries) {
        List<String> keys = new ArrayList<>();
        entries.forEachRemaining(entry -> keys.add(entry.key));
        return keys;
    }
}
