package io.plimsoll.warehouse;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.MarketState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Market states as a later version would write them, with one field more. */
final class AddedField {

    private final Warehouse warehouse;
    private final MarketState state;
    private final Schema schema;
    private final int id;

    /** Registers the later schema, beside which the present one goes on. */
    AddedField(Warehouse warehouse) throws Exception {
        this.warehouse = warehouse;
        state = warehouse
                .records(Topics.MARKET_STATE)
                .latest()
                .values()
                .iterator()
                .next()
                .value();
        List<Schema.Field> fields = new ArrayList<>();
        MarketState.SCHEMA$.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field(
                "fundingBasis",
                Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.DOUBLE)),
                "A fraction.",
                Schema.Field.NULL_DEFAULT_VALUE));
        schema = Schema.createRecord(
                MarketState.SCHEMA$.getName(),
                MarketState.SCHEMA$.getDoc(),
                MarketState.SCHEMA$.getNamespace(),
                false,
                fields);
        id = warehouse.registry().client().register(Topics.MARKET_STATE.name() + "-value", new AvroSchema(schema));
    }

    /** A record of the present version. */
    MarketState withoutIt() {
        return state;
    }

    void write(String key, double fundingBasis) throws IOException, ExecutionException, InterruptedException {
        GenericData.Record later = new GenericData.Record(schema);
        state.getSchema().getFields().forEach(field -> later.put(field.name(), state.get(field.pos())));
        later.put("fundingBasis", fundingBasis);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(0);
            out.writeInt(id);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new SpecificDatumWriter<>(schema, SpecificData.get()).write(later, encoder);
            encoder.flush();
        }
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", warehouse.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.MARKET_STATE.name(), key, bytes.toByteArray()))
                    .get();
        }
    }
}
