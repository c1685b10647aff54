package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate of 127.0.0.1 that nobody else trusts, made by the JDK's keytool. */
record TestCertificate(Path keystore, Path certificate, Path key) {

    static final String PASSWORD = "keystore-secret";

    static TestCertificate in(Path dir) throws Exception {
        Path keystore = dir.resolve("server.p12");
        Path certificate = dir.resolve("server.crt");
        keytool(
                "-genkeypair -alias server -keyalg RSA -keysize 2048 -validity 2 -dname CN=plimsoll"
                        + " -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12 -keystore ",
                keystore);
        keytool("-exportcert -rfc -alias server -file " + certificate + " -keystore ", keystore);
        KeyStore store = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
        Path keyFile = Files.writeString(
                dir.resolve("server.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        return new TestCertificate(keystore, certificate, keyFile);
    }

    private static void keytool(String arguments, Path keystore) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of((tool + " " + arguments + keystore + " -storepass " + PASSWORD).split(" +"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).describedAs(said).isZero();
    }
}
