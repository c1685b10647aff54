package io.plimsoll.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers and writers of any release must go on understanding each other (FULL compatibility, with every release). */
class SchemaCompatibilityTest {

    private static final String WHAT_TO_DO = """
            A field that is added needs a default; a field may go only if it had a default; names, types and enum symbols \
            stay as they are (a new enum symbol needs a default symbol that older readers fall back on). \
            Files of a release under src/test/resources/released never change: with a release, copy src/main/avro into a \
            new folder there, named after it. Only a folder whose release is not out yet may be copied anew.""";

    static List<Path> releases() {
        return OwnSchemas.releases();
    }

    @Test
    void shouldKnowARelease() {
        assertThat(OwnSchemas.releases()).describedAs(WHAT_TO_DO).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void shouldReadAndBeReadByEveryRelease(Path release) {
        Map<String, Schema> today = OwnSchemas.in(OwnSchemas.TODAY);
        Map<String, Schema> released = OwnSchemas.in(release);
        List<String> broken = new ArrayList<>();

        released.forEach((name, schema) -> {
            Schema now = today.get(name);
            if (now == null) {
                broken.add(name + " of release " + release.getFileName() + " is gone");
            } else {
                explain("today's " + name + " cannot read release " + release.getFileName(), now, schema, broken);
                explain("release " + release.getFileName() + " cannot read today's " + name, schema, now, broken);
            }
        });

        assertThat(released).hasSizeGreaterThan(15);
        assertThat(broken).describedAs(WHAT_TO_DO).isEmpty();
    }

    @Test
    void shouldCompileWhatTheFilesSay() {
        Map<String, Schema> files = OwnSchemas.in(OwnSchemas.TODAY);

        assertThat(Topics.all()).allSatisfy(topic -> {
            Schema compiled = AvroSerdes.schemaOf(topic.valueType());
            Schema file = files.get(compiled.getFullName());
            assertThat(org.apache.avro.SchemaNormalization.toParsingForm(compiled))
                    .isEqualTo(org.apache.avro.SchemaNormalization.toParsingForm(file));
        });
    }

    @Test
    void shouldNoticeAFieldWithoutDefaultAndAMissingField() {
        Schema before = new Schema.Parser().parse(record("{\"name\": \"a\", \"type\": \"string\"}"));
        Schema added = new Schema.Parser()
                .parse(record("{\"name\": \"a\", \"type\": \"string\"}, {\"name\": \"b\", \"type\": \"int\"}"));
        List<String> broken = new ArrayList<>();

        explain("reading the old", added, before, broken);
        explain("reading the new", before, added, broken);

        assertThat(broken)
                .singleElement()
                .asString()
                .startsWith("reading the old")
                .contains("/fields/1");
    }

    private static String record(String fields) {
        return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}";
    }

    private static void explain(String what, Schema reader, Schema writer, List<String> broken) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            pair.getResult()
                    .getIncompatibilities()
                    .forEach(its -> broken.add(
                            what + ": " + its.getType() + " at " + its.getLocation() + ": " + its.getMessage()));
        }
    }
}
