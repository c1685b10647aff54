package io.plimsoll.risk.scenario;

import io.plimsoll.risk.cascade.Impact;

/** An impact by a power of volume, in a book that ends. */
record TestImpact(double scale, double power, double capacity) implements Impact {

    static TestImpact linear(double perUnit) {
        return new TestImpact(perUnit, 1, Double.POSITIVE_INFINITY);
    }

    @Override
    public double move(double volume) {
        return volume > capacity ? Double.POSITIVE_INFINITY : scale * StrictMath.pow(volume, power);
    }

    @Override
    public double slope(double volume) {
        return scale * power * StrictMath.pow(volume, power - 1);
    }

    @Override
    public TestImpact withDepth(double share) {
        return new TestImpact(scale / StrictMath.pow(share, power), power, capacity * share);
    }
}
