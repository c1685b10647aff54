package io.plimsoll.topology.markets;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.cascade.CascadeMarket;
import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.topology.InstrumentTerms;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.LargeReports;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.CascadeInputs;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.avro.RungReport;
import io.plimsoll.topology.depth.ImpactBases;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** Writes what a cascade risk was computed from, and reads it as the market that it was. */
final class StoredCascade {

    private static final Serde<CascadeRisk> RISKS = InternalSerdes.of(CascadeRisk.class);
    private static final Serde<Instrument> INSTRUMENTS = InternalSerdes.of(Instrument.class);

    private StoredCascade() {}

    /**
     * @param risk as it is published, still without outcomes
     * @param impact what its impact is taken from
     */
    static CascadeInputs write(
            CascadeRisk risk, InstrumentTerms terms, double quoteUsd, MarketBook book, ImpactBasis impact) {
        BookReport large = new BookReport();
        LargeReports.write(large, book.largest());
        return new CascadeInputs(
                encoded(RISKS, risk),
                encoded(INSTRUMENTS, terms.instrument()),
                quoteUsd,
                reports(book.ladder(false)),
                reports(book.ladder(true)),
                large.getLargest(),
                large.getCompleteFrom(),
                impact);
    }

    /** The record as it was published, without its outcomes; the caller's own. */
    static CascadeRisk risk(CascadeInputs inputs) {
        return decoded(RISKS, inputs.getRisk());
    }

    /** The market as it was then; null where nothing was known of its impact. */
    static @Nullable CascadeMarket market(CascadeInputs inputs, CascadeRisk risk) {
        MarketImpact impact = ImpactBases.impact(inputs.getImpact());
        if (impact == null) {
            return null;
        }
        InstrumentTerms terms = InstrumentTerms.of(decoded(INSTRUMENTS, inputs.getInstrument()));
        Double fund = risk.getInsuranceFundUsd();
        BookReport large = new BookReport();
        large.setLargest(inputs.getLargest());
        large.setCompleteFrom(inputs.getCompleteFrom());
        return new CascadeMarket(
                rungs(inputs.getLiquidation()),
                rungs(inputs.getBankruptcy()),
                terms.contract(),
                Objects.requireNonNull(risk.getMarkPrice()),
                inputs.getQuoteUsd(),
                impact,
                terms.instrument().getLiquidationFeeRate(),
                fund == null ? 0 : fund,
                LargeReports.read(large));
    }

    private static List<RungReport> reports(Ladder ladder) {
        List<RungReport> reports = new ArrayList<>();
        for (Ladder.Rung rung : ladder.rungs()) {
            reports.add(new RungReport(
                    rung.bucket(), rung.longLots(), rung.shortLots(), rung.longPositions(), rung.shortPositions()));
        }
        return reports;
    }

    private static List<Ladder.Rung> rungs(List<RungReport> reports) {
        return reports.stream().map(BookStore::rung).toList();
    }

    private static <T extends SpecificRecord> ByteBuffer encoded(Serde<T> serde, T record) {
        return ByteBuffer.wrap(serde.serializer().serialize("", record));
    }

    private static <T extends SpecificRecord> T decoded(Serde<T> serde, ByteBuffer encoded) {
        byte[] bytes = new byte[encoded.remaining()];
        encoded.duplicate().get(bytes);
        return serde.deserializer().deserialize("", bytes);
    }
}
