package io.plimsoll.oracle;

import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Compares two records of a subject. Everything must be equal but: the ratios named in RATIOS, to 1e-12 of themselves
 * (of 1 for skews and logarithms, where nearly equal numbers are taken from each other); a window's means, to 1e-9; and
 * what hangs on a position whose line lies on a bucket's edge. Not compared are a window's isFinal and lateSamples.
 *
 * @param market the market, where the record is one of a market; else null
 */
record Differences(String subject, @Nullable MarketRecount market) {

    private static final Set<String> RATIOS =
            Set.of("leverage", "hhi", "effectiveAccounts", "top1Share", "top5Share", "top10Share", "top20Share");
    private static final Set<String> SYSTEM_RATIOS = Set.of("coverageLong", "coverageShort");
    private static final Set<String> SKEWS =
            Set.of("leverageSkew", "leverageLogRatio", "skew", "longShare", "shortShare");
    private static final Set<String> NOT_COMPARED = Set.of("isFinal", "lateSamples");
    private static final double OF_RATIOS = 1e-12;
    private static final double OF_MEANS = 1e-9;

    static String subjectOf(SpecificRecord record) {
        Schema schema = record.getSchema();
        if (schema.getField("subject") != null) {
            return String.valueOf(record.get(schema.getField("subject").pos()));
        }
        return record.get(schema.getField("venue").pos()) + ":"
                + record.get(schema.getField("symbol").pos());
    }

    List<String> between(SpecificRecord expected, @Nullable SpecificRecord actual) {
        if (actual == null) {
            return List.of(subject + ": expected " + expected + ", actual nothing");
        }
        List<String> lines = new ArrayList<>();
        if (expected instanceof Ladder ladder && actual instanceof Ladder other) {
            LadderComparison comparison = new LadderComparison(subject, Objects.requireNonNull(market));
            compareFields("", withoutRungs(ladder), withoutRungs(other), lines);
            lines.addAll(comparison.between(ladder, other));
        } else {
            compareFields("", expected, actual, lines);
        }
        return lines;
    }

    /** The rungs and what falls off them are compared by {@link LadderComparison}. */
    private static Ladder withoutRungs(Ladder ladder) {
        Ladder copy = Ladder.newBuilder(ladder).build();
        copy.setLiquidation(List.of());
        copy.setBankruptcy(List.of());
        copy.setUnliquidatableLongSize(0);
        copy.setUnliquidatableShortSize(0);
        return copy;
    }

    private void compareFields(String path, SpecificRecord expected, SpecificRecord actual, List<String> lines) {
        for (Schema.Field field : expected.getSchema().getFields()) {
            if (!NOT_COMPARED.contains(field.name())) {
                compare(
                        expected,
                        path + field.name(),
                        field.name(),
                        expected.get(field.pos()),
                        actual.get(field.pos()),
                        lines);
            }
        }
    }

    private void compare(
            SpecificRecord owner,
            String path,
            String name,
            @Nullable Object expected,
            @Nullable Object actual,
            List<String> lines) {
        if (expected instanceof List<?> expectedItems && actual instanceof List<?> actualItems) {
            if (expectedItems.size() != actualItems.size()) {
                lines.add(line(path + ".size", expectedItems.size(), actualItems.size()));
            }
            for (int i = 0; i < Math.min(expectedItems.size(), actualItems.size()); i++) {
                compare(owner, path + "[" + i + "]", name, expectedItems.get(i), actualItems.get(i), lines);
            }
        } else if (expected instanceof SpecificRecord expectedPart && actual instanceof SpecificRecord actualPart) {
            compareFields(path + ".", expectedPart, actualPart, lines);
        } else if (!same(owner, name, expected, actual)) {
            lines.add(line(path, expected, actual));
        }
    }

    private boolean same(SpecificRecord owner, String name, @Nullable Object expected, @Nullable Object actual) {
        if (!(expected instanceof Double) || !(actual instanceof Double)) {
            return Objects.equals(expected, actual);
        }
        double e = (Double) expected;
        double a = (Double) actual;
        // == and not equals: 0.0 and -0.0 are the same amount.
        return e == a || Math.abs(e - a) <= allowed(owner, name, e);
    }

    private double allowed(SpecificRecord owner, String name, double expected) {
        String type = owner.getSchema().getName();
        if (name.equals("mean")) {
            return OF_MEANS * Math.abs(expected);
        }
        if (RATIOS.contains(name) || (type.equals("SystemState") && SYSTEM_RATIOS.contains(name))) {
            return OF_RATIOS * Math.abs(expected);
        }
        if (type.equals("TailSkew")) {
            return OF_RATIOS
                    + shareOnAnEdge(true) * (name.equals("shortShare") ? 0 : 1)
                    + shareOnAnEdge(false) * (name.equals("longShare") ? 0 : 1);
        }
        if (owner instanceof MarketState && name.equals("unliquidatableSize")) {
            return Objects.requireNonNull(market).size(lotsOnAnEdge(true).add(lotsOnAnEdge(false)));
        }
        return SKEWS.contains(name) ? OF_RATIOS * Math.max(1, Math.abs(expected)) : 0;
    }

    private double shareOnAnEdge(boolean isLong) {
        BigInteger all = Objects.requireNonNull(market).side(isLong).lots();
        return all.signum() == 0 ? 0 : lotsOnAnEdge(isLong).doubleValue() / all.doubleValue();
    }

    private BigInteger lotsOnAnEdge(boolean isLong) {
        return Objects.requireNonNull(market).contributions().stream()
                .filter(its ->
                        its.open().isLong() == isLong && its.liquidation().isUncertain())
                .map(its -> its.open().lots().abs())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private String line(String field, @Nullable Object expected, @Nullable Object actual) {
        return subject + ": " + field + ": expected " + expected + ", actual " + actual;
    }
}
