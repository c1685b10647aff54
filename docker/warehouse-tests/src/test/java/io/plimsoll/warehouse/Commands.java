package io.plimsoll.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the machine, and those of docker/connect. Where a machine has not what they need, the test is skipped. */
final class Commands {

    private Commands() {}

    /** PostgreSQL refuses root, who therefore needs a user namespace for it. */
    static void requirePostgres() throws IOException, InterruptedException {
        boolean root = System.getProperty("user.name").equals("root");
        require(
                !root || succeeds("unshare", "-U", "true"),
                "PostgreSQL cannot run as root, and unshare -U is not allowed");
    }

    /** Runs a script of docker/connect against a worker, to its end. */
    static void run(ConnectWorker worker, String script, String... arguments) throws IOException, InterruptedException {
        require(succeeds("bash", "-c", "command -v curl"), "there is no bash, or no curl");
        Path file = Folders.docker().resolve("connect").resolve(script);
        List<String> command = new ArrayList<>(List.of("bash", file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CONNECT_URL", worker.url());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).describedAs(said).isZero();
    }

    private static void require(boolean there, String otherwise) {
        if (!there) {
            System.out.println("skipped: " + otherwise);
        }
        assumeTrue(there, otherwise);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
