package io.plimsoll.connectors;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name was probably meant to be. */
public final class NearestName {

    private NearestName() {}

    /** {@code "allowed is a, b or c"}, with the nearest name first if one is near. */
    public static String allowed(String name, Collection<String> names) {
        String list = names.isEmpty() ? "nothing" : String.join(", ", names);
        return names.stream()
                .min((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
                .filter(nearest -> distance(name, nearest) <= Math.max(2, nearest.length() / 3))
                .map(nearest -> "did you mean " + nearest + "? Allowed is " + list)
                .orElse("allowed is " + list);
    }

    /** The name with the fewest changed letters, if they are at most so many. */
    public static Optional<String> of(String typed, Collection<String> names, int mostChanges) {
        return names.stream()
                .filter(name -> distance(typed, name) <= mostChanges)
                .min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    /** Some of the names, those with the fewest changed letters first. */
    public static List<String> neighbours(String typed, Collection<String> names, int most) {
        return names.stream()
                .sorted(Comparator.<String>comparingInt(name -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /** Edits from one word to the other, letter case apart. */
    private static int distance(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
