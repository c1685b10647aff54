package io.plimsoll.server.rules;

import io.plimsoll.schemas.avro.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The rules that ship with Plimsoll. */
public final class DefaultRules {

    private static final String FILE = "default-rules.yaml";
    private static final String RESOURCE = "/rules/" + FILE;

    private DefaultRules() {}

    /** The file, with a comment on every threshold. */
    public static String yaml() {
        try (InputStream in = Objects.requireNonNull(DefaultRules.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its rules. */
    public static List<Rule> rules() {
        return RuleFile.read(FILE, new StringReader(yaml()));
    }
}
