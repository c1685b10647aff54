package io.plimsoll.server.http;

import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.server.feeds.UnusedRecords;
import io.plimsoll.server.openapi.Field;
import io.plimsoll.server.openapi.Operation;
import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.server.openapi.Shape;
import io.plimsoll.server.openapi.Table;
import java.util.Arrays;
import java.util.List;

/** What can be asked of what comes in. */
final class FeedOperations {

    private static final String TAG = "feeds";

    private static final Shape FEED = Shape.object(
            "Feed",
            "How the records of one topic and venue come. What share of the venue they cover is in its subject, venue:name.",
            List.of(
                    Shapes.ID,
                    Field.of("topic", Shape.text("Topic, without the prefix plimsoll.")),
                    Field.of("venue", Shape.text("Venue.")),
                    Field.of("asOfMs", Shape.whole("Event time of its newest record, epoch milliseconds.")),
                    Field.of(
                            "lastReadMs",
                            Shape.whole("When its last record was read, by the wall clock, epoch milliseconds.")),
                    Field.of(
                            "live",
                            Shape.truth("Whether its newest record was new when it was read; false: it is history.")),
                    Field.of(
                            "skewMs",
                            Shape.whole("Event time of its newest record less the clock when it was read, milliseconds;"
                                    + " positive: ahead of the clock.")),
                    Field.of(
                            "countedMs",
                            Shape.whole("Wall-clock time over which records were counted, the last of it, milliseconds,"
                                    + " at most 60000.")),
                    Field.of("records", Shape.whole("Records read in that time, dead letters too, count.")),
                    Field.of("deadLetters", Shape.whole("Of these, those that could not be used, count.")),
                    Field.of(
                            "recordsPerSecond",
                            Shape.nullable(Shape.number(
                                    "records / countedMs, per second. Null: counted for less than a second."))),
                    Field.of(
                            "frozenMarkets",
                            Shape.nullable(Shape.whole("Markets whose newest depth or price stands still, count. Null:"
                                    + " not looked at."))),
                    Field.of(
                            "crossedMarkets",
                            Shape.nullable(Shape.whole("Markets whose newest depth has orders where they cannot be, or"
                                    + " whose mark and index cannot both be, count. Null: not looked at."))),
                    Shapes.AGE_MS));

    private static final Field WRITTEN_MS =
            Field.of("writtenMs", Shape.whole("When it was written, epoch milliseconds."));

    private static final Shape UNUSED = Shape.object(
            "DeadLetterSummary",
            "A record that could not be used, without its value: that is on the topic plimsoll.dead-letters.",
            List.of(
                    Shapes.ID,
                    WRITTEN_MS,
                    Field.of(
                            "reason",
                            Shape.oneOf(
                                    "Why, as a class.",
                                    Arrays.stream(DeadLetterReason.values())
                                            .map(Enum::name)
                                            .toList())),
                    Field.of(
                            "detail",
                            Shape.nullable(
                                    Shape.text(
                                            "Why, in one sentence. Null: it may name accounts, and the caller sees pseudonyms."))),
                    Field.of("topic", Shape.text("Topic that it came from.")),
                    Field.of("partition", Shape.whole("Partition that it came from.")),
                    Field.of("offset", Shape.whole("Its offset there.")),
                    Field.of("timestampMs", Shape.whole("Its own Kafka timestamp, epoch milliseconds.")),
                    Field.of(
                            "key",
                            Shape.nullable(
                                    Shape.text("Its key as text. Null: it had none, or the caller sees pseudonyms."))),
                    Field.of(
                            "valueBytes",
                            Shape.nullable(Shape.whole("Length of its value, bytes. Null: it had none.")))));

    static final Operation FEEDS = Operation.get("/api/v1/feeds", "listFeeds", TAG, "How each feed comes")
            .with(ApiParameters.limit(Page.MOST, Page.MOST), ApiParameters.AFTER, ApiParameters.SCOPE)
            .answering("Feeds by id, topic:venue.", Shapes.list("Feeds", "Feeds by id, topic:venue.", "feeds", FEED))
            .asTable(Table.of("feeds"));

    static final Operation STATUSES = Operation.get(
                    "/api/v1/feed-statuses", "listFeedStatuses", TAG, "What connectors say of their feeds")
            .with(ApiParameters.limit(Page.MOST, Page.MOST), ApiParameters.AFTER)
            .answering(
                    "Statuses by id, venue:feed:part.",
                    Shape.object(
                            "FeedStatuses",
                            "Statuses, as they are known at this instance.",
                            List.of(
                                    Shapes.SERVED_AT_MS,
                                    Field.of(
                                            "statuses",
                                            Shape.list(
                                                    "By id.",
                                                    Shapes.plain(
                                                            "ConnectorStatus",
                                                            FeedStatus.getClassSchema(),
                                                            WRITTEN_MS))),
                                    Shapes.NEXT)))
            .asTable(Table.of("statuses"));

    static final Operation DEAD_LETTERS = Operation.get(
                    "/api/v1/dead-letters", "listDeadLetters", TAG, "The newest records that could not be used")
            .saying("Of the newest " + UnusedRecords.MOST + " of all instances.")
            .with(
                    Parameter.choices(
                            "reason",
                            "Only for these reasons.",
                            Arrays.stream(DeadLetterReason.values())
                                    .map(Enum::name)
                                    .toList()),
                    ApiParameters.limit(FeedRoutes.LETTERS_UNLESS_TOLD, UnusedRecords.MOST),
                    ApiParameters.AFTER)
            .answering(
                    "Dead letters, the newest first.",
                    Shape.object(
                            "DeadLetters",
                            "Dead letters, as they are known at this instance.",
                            List.of(
                                    Shapes.SERVED_AT_MS,
                                    Field.of("deadLetters", Shape.list("The newest first.", UNUSED)),
                                    Shapes.NEXT)))
            .asTable(Table.of("deadLetters"));

    static final List<Operation> ALL = List.of(FEEDS, STATUSES, DEAD_LETTERS);

    private FeedOperations() {}
}
