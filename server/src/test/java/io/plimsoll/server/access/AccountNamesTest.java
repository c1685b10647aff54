package io.plimsoll.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountNamesTest {

    private static final String ADDRESS = "0x31ca8395cf837de08b24da3f660e77761dfb974b";

    private final AccountNames names = new AccountNames("a secret of some length");

    @Test
    void shouldAlwaysGiveTheSameName() {
        String pseudonym = names.pseudonym(ADDRESS);

        assertThat(pseudonym).startsWith("~").matches("~[A-Za-z0-9_-]+").doesNotContain("31ca");
        assertThat(new AccountNames("a secret of some length").pseudonym(ADDRESS))
                .isEqualTo(pseudonym);
        assertThat(new AccountNames("another secret of length").pseudonym(ADDRESS))
                .isNotEqualTo(pseudonym);
        assertThat(names.pseudonym(ADDRESS.replace('b', 'c'))).isNotEqualTo(pseudonym);
    }

    @Test
    void shouldFindItsWayBack() {
        for (String name : List.of(ADDRESS, "a", "Konto Größe 7", "~tilde")) {
            assertThat(names.original(names.pseudonym(name))).contains(name);
        }
    }

    @Test
    void shouldKnowWhatIsNoneOfIts() {
        String pseudonym = names.pseudonym(ADDRESS);
        String forged =
                pseudonym.substring(0, 30) + (pseudonym.charAt(30) == 'A' ? 'B' : 'A') + pseudonym.substring(31);

        assertThat(names.original(forged)).isEmpty();
        assertThat(names.original(new AccountNames("another secret of length").pseudonym(ADDRESS)))
                .isEmpty();
        for (String text : List.of("", "~", "~AAAA", "~not base64!", ADDRESS)) {
            assertThat(names.original(text)).describedAs(text).isEmpty();
        }
    }
}
