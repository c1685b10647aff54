package io.plimsoll.server.cli;

import io.plimsoll.server.config.PlimsollConfig.HttpConfig;
import io.plimsoll.server.monitor.StartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out that a port is taken before Kafka is started for nothing. */
final class PortCheck {

    private PortCheck() {}

    static void requireFree(HttpConfig http) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(http.host(), http.port()));
        } catch (IOException e) {
            throw new StartException(
                    "port " + http.port() + " on " + http.host() + " is taken; choose another with --port (0 for any)",
                    e);
        }
    }
}
