package io.plimsoll.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL with the warehouse's tables. */
final class PostgresTables implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    /** Starts one on a free port; as root it runs in a user namespace, since PostgreSQL refuses root. */
    PostgresTables() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        execute(Files.readString(Folders.docker().resolve("connect/postgres/tables.sql")));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows that a query gives, as JSON objects. */
    List<JsonNode> rows(String query) throws SQLException, IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select to_jsonb(q) from (" + query + ") q")) {
            while (result.next()) {
                rows.add(ConnectWorker.JSON.readTree(result.getString(1)));
            }
        }
        return rows;
    }

    List<JsonNode> table(String name) throws SQLException, IOException {
        return rows("select * from plimsoll." + name);
    }

    /** The database's own name of a column's type; empty: there is no such column. */
    String typeOf(String table, String column) throws SQLException, IOException {
        List<JsonNode> found = rows("select data_type from information_schema.columns where table_schema = 'plimsoll'"
                + " and table_name = '" + table + "' and column_name = '" + column + "'");
        return found.isEmpty() ? "" : found.get(0).get("data_type").asText();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
