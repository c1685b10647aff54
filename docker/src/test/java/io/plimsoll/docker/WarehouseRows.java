package io.plimsoll.docker;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Rows of the warehouse's tables, each named by a text: of PostgreSQL, and of Iceberg as DuckDB reads them. */
final class WarehouseRows implements AutoCloseable {

    private static final String USER = "plimsoll";

    private final String url;
    private final JdbcCatalog catalog = new JdbcCatalog();

    /** @param warehouse the folder that Iceberg's files are in, of the same path in the container */
    WarehouseRows(String postgresPort, Path warehouse) {
        url = "jdbc:postgresql://localhost:" + postgresPort + "/plimsoll";
        catalog.setConf(new Configuration());
        catalog.initialize(
                "iceberg",
                Map.of(
                        "uri", url,
                        "warehouse", warehouse.toUri().toString(),
                        "jdbc.user", USER,
                        "jdbc.password", USER,
                        "jdbc.schema-version", "V1"));
    }

    List<String> postgres(String table, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, USER, USER)) {
            return texts(connection, "select " + name + " from plimsoll." + table);
        }
    }

    /** None while there is no table. */
    List<String> iceberg(String table, String name) throws SQLException, IOException {
        TableIdentifier identifier = TableIdentifier.of("plimsoll", table);
        if (!catalog.tableExists(identifier)) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                catalog.loadTable(identifier).newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                files.add("'" + task.file().location().replaceFirst("^file:/+", "/") + "'");
            }
        }
        if (files.isEmpty()) {
            return List.of();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            return texts(
                    connection,
                    "select " + name + " from read_parquet([" + String.join(", ", files) + "], union_by_name = true)");
        }
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
