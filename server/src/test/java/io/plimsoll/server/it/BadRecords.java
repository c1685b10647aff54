package io.plimsoll.server.it;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One of every kind of record that must not be used, made from a market that is known. */
final class BadRecords {

    /** A record and what is wrong with it. */
    record Bad(
            String name,
            Topic<?> topic,
            byte @Nullable [] key,
            long timestampMs,
            byte @Nullable [] value,
            DeadLetterReason reason) {}

    private static final String ACCOUNT = "stranger";
    private static final int TEN_MEGABYTES = 10_000_000;
    private static final int MILLION = 1_000_000;

    private final List<Bad> all = new ArrayList<>();
    private final AvroSerdes serdes;
    private final EmbeddedRegistry registry;
    private final Instrument instrument;
    private final long timestampMs;
    private final byte[] positionKey;

    BadRecords(AvroSerdes serdes, EmbeddedRegistry registry, Instrument known, long timestampMs) throws Exception {
        this.serdes = serdes;
        this.registry = registry;
        this.instrument = known;
        this.timestampMs = timestampMs;
        this.positionKey = key(position());
        addUnreadable();
        addPositions();
        addPrices();
        addBalances();
        addInstruments();
        addUnknown();
        addKeys();
        addTimes();
        addHuge();
    }

    List<Bad> all() {
        return all;
    }

    private void addUnreadable() throws Exception {
        byte[] good = bytes(Topics.POSITIONS, position());
        unreadable("text", "hello".getBytes(StandardCharsets.UTF_8));
        unreadable("nothing at all", new byte[0]);
        unreadable("the end missing", Arrays.copyOf(good, good.length - 3));
        unreadable("something after the end", Arrays.copyOf(good, good.length + 1));
        byte[] longText = Arrays.copyOf(good, 10);
        Arrays.fill(longText, 5, 10, (byte) 0xfe);
        unreadable("a text of absurd length", longText);

        byte[] unknownId = good.clone();
        ByteBuffer.wrap(unknownId).putInt(1, 987_654_321);
        add("schema id unknown", Topics.POSITIONS, positionKey, unknownId, DeadLetterReason.UNKNOWN_SCHEMA);
        add(
                "another record's schema",
                Topics.POSITIONS,
                positionKey,
                bytes(Topics.PRICES, price()),
                DeadLetterReason.WRONG_SCHEMA);
        add("enum symbol unknown", Topics.POSITIONS, positionKey, withUnknownSymbol(), DeadLetterReason.WRONG_SCHEMA);
    }

    private void unreadable(String name, byte[] value) {
        add(name, Topics.POSITIONS, positionKey, value, DeadLetterReason.UNREADABLE_VALUE);
    }

    /** A position of a later version of the contract, margined in a way that this version does not know. */
    private byte[] withUnknownSymbol() throws Exception {
        String symbols = "\"CROSS\",\"ISOLATED\"";
        String ours = AvroSerdes.schemaOf(Position.class).toString();
        Schema later = new Schema.Parser().parse(ours.replace(symbols, symbols + ",\"PORTFOLIO\""));
        int id = registry.client().register(Topics.POSITIONS.name() + "-value", new AvroSchema(later));
        GenericRecord record = new GenericData.Record(later);
        record.put("venue", instrument.getVenue());
        record.put("account", ACCOUNT);
        record.put("symbol", instrument.getSymbol());
        record.put("size", 1.0);
        record.put("entryPrice", 1.0);
        record.put(
                "marginMode",
                new GenericData.EnumSymbol(later.getField("marginMode").schema(), "PORTFOLIO"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(later).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private void addPositions() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300}) {
            position("size " + wrong, position -> position.setSize(wrong));
        }
        for (double wrong : new double[] {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            position("entry " + wrong, position -> position.setEntryPrice(wrong));
        }
        position("isolated without margin", position -> position.setMarginMode(MarginMode.ISOLATED));
        position("cross with margin", position -> position.setIsolatedMargin(1.0));
        position("margin NaN", position -> {
            position.setMarginMode(MarginMode.ISOLATED);
            position.setIsolatedMargin(Double.NaN);
        });
        position("maximum leverage 0", position -> position.setMaxLeverage(0.0));
        position("liquidation price negative", position -> position.setVenueLiquidationPrice(-1.0));
        position("a notional beyond all money", position -> {
            position.setSize(1e14);
            position.setEntryPrice(1e11);
        });
    }

    private void addPrices() {
        for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            price("mark " + wrong, price -> price.setMarkPrice(wrong));
        }
        price("index NaN", price -> price.setIndexPrice(Double.NaN));
        price("funding infinite", price -> {
            price.setFundingRate(Double.POSITIVE_INFINITY);
            price.setFundingIntervalHours(8.0);
        });
        price("funding interval 0", price -> {
            price.setFundingRate(0.0001);
            price.setFundingIntervalHours(0.0);
        });
        price("open interest negative", price -> price.setOpenInterest(-1.0));
    }

    private void addBalances() {
        for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            balance("quantity " + wrong, balance -> balance.setQuantity(wrong));
        }
        balance("factor above 1", balance -> balance.setCollateralFactor(1.5));
        balance("unit price 0", balance -> balance.setUnitPriceUsd(0));
    }

    private void addInstruments() {
        instrument("multiplier 0", changed -> changed.setContractMultiplier(0));
        instrument("multiplier NaN", changed -> changed.setContractMultiplier(Double.NaN));
        instrument("decimals negative", changed -> changed.setSizeDecimals(-1));
        instrument("no margin table", changed -> changed.setMarginTiers(List.of()));
        instrument("margin rate NaN", changed -> changed.getMarginTiers().get(0).setMaintenanceRate(Double.NaN));
        instrument("an asset with a margin table", changed -> changed.setKind(ContractKind.SPOT));
        instrument("fee above a tenth", changed -> changed.setLiquidationFeeRate(0.2));
        instrument("settle decimals beyond 12", changed -> changed.setSettleDecimals(13));
    }

    private void addUnknown() {
        Position nowhere = position();
        nowhere.setSymbol("NOWHERE");
        add(
                "position in an unknown instrument",
                Topics.POSITIONS,
                key(nowhere),
                bytes(Topics.POSITIONS, nowhere),
                DeadLetterReason.UNKNOWN_INSTRUMENT);
        Price priced = price();
        priced.setSymbol("NOWHERE");
        add(
                "price of an unknown instrument",
                Topics.PRICES,
                utf8(Keys.market(priced.getVenue(), "NOWHERE")),
                bytes(Topics.PRICES, priced),
                DeadLetterReason.UNKNOWN_INSTRUMENT);
        add(
                "close of the unknown",
                Topics.POSITIONS,
                utf8(Keys.position(instrument.getVenue(), "nobody", instrument.getSymbol())),
                null,
                DeadLetterReason.NOTHING_TO_CLOSE);
        add(
                "end of an unknown balance",
                Topics.COLLATERAL,
                utf8(Keys.collateral(instrument.getVenue(), ACCOUNT, "USDC")),
                null,
                DeadLetterReason.NOTHING_TO_CLOSE);
        add("tombstone of a price", Topics.PRICES, marketKey(), null, DeadLetterReason.INVALID_VALUE);
        add("tombstone of an instrument", Topics.INSTRUMENTS, marketKey(), null, DeadLetterReason.INVALID_VALUE);
    }

    private void addKeys() {
        byte[] good = bytes(Topics.POSITIONS, position());
        add("key null", Topics.POSITIONS, null, good, DeadLetterReason.UNREADABLE_KEY);
        add("key empty", Topics.POSITIONS, new byte[0], good, DeadLetterReason.UNREADABLE_KEY);
        add("key no UTF-8", Topics.POSITIONS, new byte[] {(byte) 0xc3, 0x28}, good, DeadLetterReason.UNREADABLE_KEY);
        add("key with a line break", Topics.POSITIONS, utf8("a\nb:c:d"), good, DeadLetterReason.UNREADABLE_KEY);
        add("tombstone of a key in two parts", Topics.POSITIONS, utf8("a:b"), null, DeadLetterReason.UNREADABLE_KEY);
        add("key and value null", Topics.POSITIONS, null, null, DeadLetterReason.UNREADABLE_KEY);
        add("another's key", Topics.POSITIONS, utf8("alpha:someone:ELSE"), good, DeadLetterReason.KEY_MISMATCH);
        add(
                "a price's key of another",
                Topics.PRICES,
                utf8("x:y"),
                bytes(Topics.PRICES, price()),
                DeadLetterReason.KEY_MISMATCH);
        Position colon = position();
        colon.setAccount("a:b");
        add(
                "a colon in an account",
                Topics.POSITIONS,
                key(colon),
                bytes(Topics.POSITIONS, colon),
                DeadLetterReason.INVALID_VALUE);
    }

    private void addTimes() {
        byte[] good = bytes(Topics.POSITIONS, position());
        for (Instant wrong : List.of(
                Instant.parse("2008-12-31T23:59:59.999Z"),
                Instant.EPOCH,
                Instant.now().plus(Duration.ofDays(1)),
                Instant.parse("9999-12-31T00:00:00Z"))) {
            all.add(new Bad(
                    "timestamp " + wrong,
                    Topics.POSITIONS,
                    positionKey,
                    wrong.toEpochMilli(),
                    good,
                    DeadLetterReason.TIMESTAMP_OUT_OF_RANGE));
        }
    }

    private void addHuge() {
        byte[] noise = new byte[TEN_MEGABYTES];
        Arrays.fill(noise, (byte) 7);
        add("10 MB of noise", Topics.PRICES, marketKey(), noise, DeadLetterReason.UNREADABLE_VALUE);
        Position large = position();
        large.setAccount("x".repeat(TEN_MEGABYTES));
        add(
                "10 MB of account name under another key",
                Topics.POSITIONS,
                positionKey,
                bytes(Topics.POSITIONS, large),
                DeadLetterReason.KEY_MISMATCH);
        Position named = position();
        named.setAccount("x".repeat(MILLION));
        add(
                "a million characters of account name",
                Topics.POSITIONS,
                key(named),
                bytes(Topics.POSITIONS, named),
                DeadLetterReason.TOO_LONG);
    }

    private void position(String name, Consumer<Position> change) {
        Position position = position();
        change.accept(position);
        add(
                "position, " + name,
                Topics.POSITIONS,
                key(position),
                bytes(Topics.POSITIONS, position),
                DeadLetterReason.INVALID_VALUE);
    }

    private void price(String name, Consumer<Price> change) {
        Price price = price();
        change.accept(price);
        add("price, " + name, Topics.PRICES, marketKey(), bytes(Topics.PRICES, price), DeadLetterReason.INVALID_VALUE);
    }

    private void balance(String name, Consumer<Collateral> change) {
        Collateral balance = new Collateral(instrument.getVenue(), ACCOUNT, "USDC", 1.0, 1.0, 1.0, null, null);
        change.accept(balance);
        add(
                "balance, " + name,
                Topics.COLLATERAL,
                utf8(Keys.collateral(instrument.getVenue(), ACCOUNT, "USDC")),
                bytes(Topics.COLLATERAL, balance),
                DeadLetterReason.INVALID_VALUE);
    }

    private void instrument(String name, Consumer<Instrument> change) {
        Instrument changed = Instrument.newBuilder(instrument).build();
        change.accept(changed);
        add(
                "instrument, " + name,
                Topics.INSTRUMENTS,
                marketKey(),
                bytes(Topics.INSTRUMENTS, changed),
                DeadLetterReason.INVALID_VALUE);
    }

    private void add(
            String name, Topic<?> topic, byte @Nullable [] key, byte @Nullable [] value, DeadLetterReason reason) {
        all.add(new Bad(name, topic, key, timestampMs, value, reason));
    }

    private Position position() {
        return new Position(
                instrument.getVenue(),
                ACCOUNT,
                instrument.getSymbol(),
                1.0,
                1.0,
                MarginMode.CROSS,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private Price price() {
        return new Price(instrument.getVenue(), instrument.getSymbol(), 1.0, null, null, null, null, 1.0, null, null);
    }

    private byte[] marketKey() {
        return utf8(Keys.market(instrument.getVenue(), instrument.getSymbol()));
    }

    private static byte[] key(Position position) {
        return utf8(Keys.position(position.getVenue(), position.getAccount(), position.getSymbol()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T extends SpecificRecord> byte[] bytes(Topic<T> topic, T record) {
        return serdes.of(topic).serializer().serialize(topic.name(), record);
    }
}
