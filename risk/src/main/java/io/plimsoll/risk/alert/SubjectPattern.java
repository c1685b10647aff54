package io.plimsoll.risk.alert;

/** Patterns in which * stands for any run of characters, and everything else for itself. */
public final class SubjectPattern {

    private static final char ANY = '*';

    private SubjectPattern() {}

    /** Whether the whole text matches. Time is at most the product of the lengths. */
    public static boolean matches(String pattern, String text) {
        int at = 0;
        int i = 0;
        int star = -1;
        int resume = 0;
        while (i < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == ANY) {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == ANY) {
            at++;
        }
        return at == pattern.length();
    }
}
