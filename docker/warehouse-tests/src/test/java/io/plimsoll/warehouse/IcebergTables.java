package io.plimsoll.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Iceberg's tables, read by DuckDB from the Parquet files that the catalog says are in them. */
final class IcebergTables implements AutoCloseable {

    private final JdbcCatalog catalog = new JdbcCatalog();

    IcebergTables(String catalogUrl, Path warehouse) {
        catalog.setConf(new Configuration());
        catalog.initialize(
                "iceberg",
                Map.of(
                        "uri", catalogUrl,
                        "warehouse", warehouse.toUri().toString(),
                        "jdbc.user", "postgres",
                        "jdbc.password", "postgres",
                        "jdbc.schema-version", "V1"));
    }

    boolean exists(String name) {
        return catalog.tableExists(identifier(name));
    }

    Table table(String name) {
        return catalog.loadTable(identifier(name));
    }

    void drop(String name) {
        catalog.dropTable(identifier(name), true);
    }

    private static TableIdentifier identifier(String name) {
        return TableIdentifier.of("plimsoll", name);
    }

    /** The rows of a table as JSON objects; none while there is no table. */
    List<JsonNode> rows(String name) throws SQLException, IOException {
        if (!exists(name)) {
            return List.of();
        }
        String files = files(name);
        return files.isEmpty() ? List.of() : query("select * from " + files);
    }

    /** What DuckDB reads in place of a table; empty: it has no file yet. */
    String files(String name) throws IOException {
        List<String> paths = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table(name).newScan().planFiles()) {
            tasks.forEach(task -> paths.add("'" + task.file().location().replaceFirst("^file:/+", "/") + "'"));
        }
        return paths.isEmpty()
                ? ""
                : "read_parquet([" + paths.stream().collect(Collectors.joining(", ")) + "], union_by_name = true)";
    }

    /** Rows that a query of DuckDB over tables by their names gives, as JSON objects. */
    List<JsonNode> queryTables(String query, List<String> tables) throws SQLException, IOException {
        List<String> named = new ArrayList<>();
        for (String table : tables) {
            named.add(table + " as (select * from " + files(table) + ")");
        }
        return query("with " + String.join(", ", named) + " select * from (" + query + ")");
    }

    /** Rows that a query of DuckDB gives, as JSON objects. */
    List<JsonNode> query(String query) throws SQLException, IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery("select to_json(q)::varchar from (" + query + ") q")) {
                while (result.next()) {
                    rows.add(ConnectWorker.JSON.readTree(result.getString(1)));
                }
            }
        }
        return rows;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
