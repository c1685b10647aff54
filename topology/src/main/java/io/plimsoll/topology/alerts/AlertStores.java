package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.AlertHistory;
import io.plimsoll.topology.avro.AlertStanding;
import io.plimsoll.topology.avro.RoutedRecord;
import java.util.stream.Stream;

/**
 * Names of the stores of one place where alerts are made.
 *
 * @param board rule|subject to the alert as it was written last
 * @param standings rule|subject to what is needed to go on with it
 * @param histories what metrics of subjects were over windows
 * @param terms rules and actions in force
 * @param storms alerts that wait to be written, and alerts that others go under
 */
record AlertStores(String board, String standings, String histories, String terms, String storms) {

    static AlertStores of(String board) {
        String place = board.substring("alerts".length());
        return new AlertStores(
                board,
                "alert-standings" + place,
                "alert-histories" + place,
                "alert-terms" + place,
                "alert-storms" + place);
    }

    void addTo(TopologyContext context) {
        context.builder()
                .addStateStore(context.store(board, Alert.class))
                .addStateStore(context.store(standings, AlertStanding.class))
                .addStateStore(context.store(histories, AlertHistory.class))
                .addStateStore(context.store(terms, RoutedRecord.class))
                .addStateStore(context.store(storms, Alert.class));
    }

    String[] names(String... more) {
        return Stream.concat(Stream.of(board, standings, histories, terms, storms), Stream.of(more))
                .toArray(String[]::new);
    }
}
