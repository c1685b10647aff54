package io.plimsoll.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** docker/compose.yaml, started under a name and on ports of its own, with what may happen to its containers. */
final class Stack implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(8);
    private static final int LOWEST_PORT = 20_000;
    private static final int FIRST_EPHEMERAL_PORT = 32_768;
    private static final Duration SOON = Duration.ofMinutes(4);
    private static final Path LOGS = ProjectFiles.DOCKER.resolve("target").resolve("stacks");
    private static final List<String> PORTS =
            List.of("KAFKA_1", "KAFKA_2", "KAFKA_3", "REGISTRY", "HTTP", "CONNECT", "POSTGRES", "PROMETHEUS");

    private final String project = "plimsoll-it-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> compose = new ArrayList<>();

    /**
     * Starts nothing yet.
     *
     * @param environmentFile in docker/, as a user would give it to docker compose; empty: none
     * @param settings variables of compose.yaml
     */
    Stack(String environmentFile, Map<String, String> settings) {
        Images.build();
        environment.put("PLIMSOLL_VERSION", Images.VERSION);
        List<Integer> free = freePorts(PORTS.size());
        for (int i = 0; i < PORTS.size(); i++) {
            environment.put("PLIMSOLL_PORT_" + PORTS.get(i), Integer.toString(free.get(i)));
        }
        environment.putAll(settings);
        compose.addAll(List.of("docker", "compose", "-f", "compose.yaml", "-p", project));
        if (!environmentFile.isEmpty()) {
            compose.addAll(List.of("--env-file", environmentFile));
        }
    }

    /**
     * Ports that nobody listens on, each another one. The system gives none of them to connections that go out: until the
     * containers listen, there will be many.
     */
    private static List<Integer> freePorts(int number) {
        Random random = new Random();
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < number) {
            int port = LOWEST_PORT + random.nextInt(FIRST_EPHEMERAL_PORT - LOWEST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            } catch (IOException e) {
                // Taken: another one, then.
            }
        }
        return List.copyOf(ports);
    }

    /** Starts these services, or all of the profiles, and returns when they are healthy. */
    void up(String... services) {
        List<String> command =
                new ArrayList<>(List.of("up", "-d", "--no-build", "--wait", "--wait-timeout", "" + START.toSeconds()));
        command.addAll(Arrays.asList(services));
        long started = System.nanoTime();
        try {
            compose(START.plus(SOON), command);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + log(), e);
        }
        System.out.printf(
                "Stack: healthy after %d s%n",
                Duration.ofNanos(System.nanoTime() - started).toSeconds());
    }

    /** As a crash of the machine would end it. */
    void kill(String service) {
        compose(SOON, List.of("kill", "-s", "KILL", service));
    }

    void start(String service) {
        compose(SOON, List.of("start", service));
    }

    void stop(String service) {
        compose(SOON, List.of("stop", service));
    }

    /** Takes it off the network; what it has under way gets no answer. */
    void cutOff(String service) {
        docker("network", "disconnect", project + "_default", container(service));
    }

    void connectAgain(String service) {
        docker("network", "connect", "--alias", service, project + "_default", container(service));
    }

    String execute(String service, String... command) {
        List<String> all = new ArrayList<>(List.of("exec", "-T", service));
        all.addAll(Arrays.asList(command));
        return compose(SOON, all);
    }

    List<String> services() {
        return compose(SOON, List.of("ps", "--services")).lines().toList();
    }

    String container(String service) {
        return compose(SOON, List.of("ps", "-a", "-q", service)).strip();
    }

    String inspect(String service, String format) {
        return docker("inspect", "--format", format, container(service)).strip();
    }

    String port(String name) {
        return environment.get("PLIMSOLL_PORT_" + name);
    }

    String registryUrl() {
        return "http://localhost:" + port("REGISTRY") + "/apis/ccompat/v7";
    }

    /** Runs a program of ours in the stack's network: a folder of the host is its /recordings. */
    void program(Path recordings, String... command) {
        List<String> all =
                new ArrayList<>(List.of("run", "--rm", "-T", "--no-deps", "-v", recordings + ":/recordings:ro"));
        all.add("plimsoll");
        all.addAll(Arrays.asList(command));
        compose(START, all);
    }

    /** Empties a folder that a container has written, as its user. */
    void remove(Path folder) {
        docker(
                "run",
                "--rm",
                "-v",
                folder + ":/folder",
                "--entrypoint",
                "bash",
                Images.CONNECT,
                "-c",
                "rm -rf /folder/*");
    }

    /** The last lines of every container. */
    String log() {
        return compose(SOON, List.of("ps", "-a")) + compose(SOON, List.of("logs", "--no-color", "--tail", "40"));
    }

    private String compose(Duration most, List<String> command) {
        List<String> all = new ArrayList<>(compose);
        all.addAll(command);
        return Command.output(ProjectFiles.DOCKER, environment, most, all);
    }

    private String docker(String... command) {
        List<String> all = new ArrayList<>(List.of("docker"));
        all.addAll(Arrays.asList(command));
        return Command.output(ProjectFiles.DOCKER, environment, SOON, all);
    }

    /** What all containers have printed stays in target/stacks/, for who wants to know why a test failed. */
    @Override
    public void close() {
        try {
            keepLogs();
        } finally {
            compose(SOON, List.of("--profile", "*", "down", "-v", "--timeout", "5"));
        }
    }

    private void keepLogs() {
        Path file = LOGS.resolve(project + ".log");
        try {
            Files.createDirectories(LOGS);
            Files.writeString(file, compose(SOON, List.of("logs", "--no-color", "--timestamps")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
