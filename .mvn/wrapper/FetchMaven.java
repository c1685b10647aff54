import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches a zipped Maven, checks it against its SHA-512 and unpacks it. {@code mvnw} runs it as a source file: a JDK is all that is
 * there for certain.
 */
final class FetchMaven {

    private static final int TIMEOUT_MS = 60_000;

    private FetchMaven() {}

    /** Arguments: the zip's address, its SHA-512 in hex, the folder that it becomes. */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        try {
            install(arguments[0], arguments[1], Path.of(arguments[2]).toAbsolutePath());
        } catch (IOException | IllegalStateException e) {
            System.err.println("mvnw: " + e);
            System.exit(1);
        }
    }

    private static void install(String address, String sha512, Path home) throws IOException, NoSuchAlgorithmException {
        Files.createDirectories(home.getParent());
        // Beside its place, so that it comes there whole or not at all.
        Path work = Files.createTempDirectory(home.getParent(), "fetch-");
        try {
            System.err.println("mvnw: fetching " + address);
            Path zip = work.resolve("maven.zip");
            fetch(address, zip);
            check(address, zip, sha512);
            unzip(zip, work.resolve("unzipped"));
            moveIn(work.resolve("unzipped"), home);
        } finally {
            delete(work);
        }
    }

    private static void fetch(String address, Path zip) throws IOException {
        URLConnection connection = URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        try (InputStream in = connection.getInputStream()) {
            Files.copy(in, zip);
        }
    }

    private static void check(String address, Path zip, String expected) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        String actual = HexFormat.of().formatHex(digest.digest(Files.readAllBytes(zip)));
        if (!actual.equals(expected)) {
            throw new IllegalStateException(address + " is not what was pinned: its SHA-512 is " + actual
                    + ", expected is " + expected);
        }
    }

    private static void unzip(Path zip, Path into) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path path = into.resolve(entry.getName()).normalize();
                if (!path.startsWith(into)) {
                    throw new IOException("an entry of the zip leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(in, path);
                }
            }
        }
    }

    /** The zip holds one folder, apache-maven-VERSION. */
    private static void moveIn(Path unzipped, Path home) throws IOException {
        Path only;
        try (Stream<Path> children = Files.list(unzipped)) {
            only = children.findFirst().orElseThrow(() -> new IOException("the zip is empty"));
        }
        Path launcher = only.resolve("bin/mvn");
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException("there is no bin/mvn in the zip");
        }
        if (Files.exists(home)) {
            delete(home);
        }
        Files.move(only, home);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
