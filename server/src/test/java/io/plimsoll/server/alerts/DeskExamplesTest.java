package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that docs/alert-delivery.md shows are programs. */
class DeskExamplesTest {

    @TempDir
    private Path dir;

    @Test
    void shouldShowJavaThatCompiles() throws Exception {
        Path source = Files.writeString(dir.resolve("DeskAlerts.java"), example("java"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Assumptions.assumeTrue(compiler != null, "these tests run on a JRE, which has no compiler");
        StringWriter messages = new StringWriter();
        // Surefire may put the real class path here.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-Xlint:all,-processing",
                                    "-Werror",
                                    "-d",
                                    dir.toString(),
                                    "-cp",
                                    classPath),
                            null,
                            files.getJavaFileObjects(source))
                    .call();

            assertThat(compiled).describedAs(messages.toString()).isTrue();
        }
        assertThat(dir.resolve("DeskAlerts.class")).exists();
    }

    @Test
    void shouldShowPythonThatCanBeRead() throws Exception {
        Assumptions.assumeTrue(run("python3", "--version") == 0, "there is no python3 to read the example with");
        Path source = Files.writeString(dir.resolve("desk_alerts.py"), example("python"));

        int code = run("python3", "-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())", source.toString());

        assertThat(code).describedAs(said()).isZero();
    }

    /** The block after its mark. */
    private static String example(String language) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "alert-delivery.md"));
        Matcher block = Pattern.compile(
                        "<!-- example: " + language + " -->\n```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).describedAs("example in " + language).isTrue();
        return block.group(1);
    }

    private int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("said").toFile())
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private String said() throws IOException {
        return Files.readString(dir.resolve("said"));
    }
}
