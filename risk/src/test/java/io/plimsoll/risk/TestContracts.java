package io.plimsoll.risk;

/** Contracts of which nothing but their shape and lots matters. */
public final class TestContracts {

    /** Lots of a hundredth of a coin. */
    public static final Contract LINEAR = of(Shape.LINEAR);

    /** Lots of a hundredth of a dollar of face value. */
    public static final Contract INVERSE = of(Shape.INVERSE);

    private TestContracts() {}

    private static Contract of(Shape shape) {
        return new Contract(
                "v:X",
                "X",
                "USD",
                shape,
                new LotSize(2, 1),
                Contract.DOLLAR_DECIMALS,
                MarginTable.ofMaxLeverage(10),
                0,
                VenueModel.GENERIC);
    }
}
