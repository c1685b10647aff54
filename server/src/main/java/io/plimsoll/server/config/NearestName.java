package io.plimsoll.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name was meant to be. */
public final class NearestName {

    private NearestName() {}

    /** The name with the fewest changed letters, if they are at most so many. */
    public static Optional<String> of(String typed, Collection<String> names, int mostChanges) {
        return names.stream()
                .filter(name -> changes(typed, name) <= mostChanges)
                .min(Comparator.comparingInt(name -> changes(typed, name)));
    }

    /** Some of the names, those with the fewest changed letters first. */
    public static List<String> neighbours(String typed, Collection<String> names, int most) {
        return names.stream()
                .sorted(Comparator.<String>comparingInt(name -> changes(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /** Levenshtein distance, upper and lower case alike. */
    private static int changes(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
