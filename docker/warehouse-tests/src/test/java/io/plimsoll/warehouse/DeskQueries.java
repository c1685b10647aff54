package io.plimsoll.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The queries that docs/warehouse.md gives, as they stand there. */
record DeskQueries(List<String> postgres, List<String> duckDb) {

    private static final Pattern QUERY = Pattern.compile("```sql\n-- (PostgreSQL|DuckDB)\n(.*?)```", Pattern.DOTALL);

    static DeskQueries documented() throws IOException {
        List<String> postgres = new ArrayList<>();
        List<String> duckDb = new ArrayList<>();
        Matcher queries = QUERY.matcher(Files.readString(Folders.docker().resolveSibling("docs/warehouse.md")));
        while (queries.find()) {
            String text = queries.group(2).strip().replaceFirst(";$", "");
            (queries.group(1).equals("DuckDB") ? duckDb : postgres).add(text);
        }
        return new DeskQueries(postgres, duckDb);
    }
}
