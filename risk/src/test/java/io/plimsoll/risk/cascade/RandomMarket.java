package io.plimsoll.risk.cascade;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A market made up by chance: accounts with one or more triggers, and a law by which sales move its price. */
final class RandomMarket {

    static final int SHAPES = 5;
    static final int LAWS = 5;

    /**
     * Lots that an account is forced to close when the price comes to a trigger.
     *
     * @param account whose
     * @param trigger price
     * @param bankruptcy price beyond which it owes more than it has, later than the trigger
     */
    record Item(int account, double trigger, double bankruptcy, long lots) {}

    final Direction direction;
    final double spot;
    final double lotSize;
    final int shape;
    final int law;
    final List<Item> items = new ArrayList<>();
    final Impact impact;
    final PriceLaw priceLaw;
    private final Random random;
    private final List<Double> used = new ArrayList<>();

    RandomMarket(Random random, int shape, int law) {
        this.random = random;
        this.shape = shape;
        this.law = law;
        direction = random.nextBoolean() ? Direction.FALL : Direction.RISE;
        spot = Math.exp(between(-5, 12));
        lotSize = Math.pow(10, random.nextInt(7) - 4);
        int accounts = 1 + random.nextInt(110);
        double center = between(0.02, 0.3);
        for (int account = 0; account < accounts; account++) {
            addAccount(account, center);
        }
        long lots = items.stream().mapToLong(Item::lots).sum();
        double volume = lots * lotSize;
        double whole = between(0.01, 0.8);
        Laws made = laws(volume, whole);
        impact = made.impact;
        priceLaw = made.priceLaw;
    }

    private record Laws(Impact impact, PriceLaw priceLaw) {}

    /** A quarter of the accounts closes in parts. */
    private void addAccount(int account, double center) {
        int parts = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
        double distance = distance(center);
        if (random.nextInt(200) == 0) {
            // Past its trigger, and not closed.
            distance = -between(0.02, 0.1);
        }
        for (int part = 0; part < parts; part++) {
            double trigger = at(distance);
            if (!used.isEmpty() && random.nextInt(5) == 0 && part == 0) {
                trigger = used.get(random.nextInt(used.size()));
                distance = Math.abs(Math.log(trigger / spot)) * (passed(trigger) ? -1 : 1);
            }
            used.add(trigger);
            long lots = shape == 4 ? 1 + (long) Math.exp(between(0, 11)) : 1 + random.nextInt(10_000);
            double bankruptcy = trigger * Math.exp(-direction.sign() * between(0.001, 0.08));
            items.add(new Item(account, trigger, bankruptcy, lots));
            distance += between(0.002, 0.05);
        }
    }

    private boolean passed(double trigger) {
        return direction == Direction.FALL ? trigger >= spot : trigger <= spot;
    }

    private double at(double distance) {
        return spot * Math.exp(-direction.sign() * distance);
    }

    private double distance(double center) {
        switch (shape) {
            case 0:
                return between(1e-4, 0.5);
            case 1:
                return 1e-4 - 0.08 * Math.log(1 - random.nextDouble());
            case 2:
                // Clusters: all of some at nearly one price.
                return center * (1 + random.nextInt(3)) + between(0, 0.003);
            case 3:
                // Leverage comes in steps, so do distances.
                int[] leverages = {5, 10, 20, 25, 50, 100};
                return 0.9 / leverages[random.nextInt(leverages.length)];
            default:
                return Math.abs(random.nextGaussian()) * center + 1e-4;
        }
    }

    private Laws laws(double volume, double whole) {
        switch (law) {
            case 0:
                return new Laws(new LinearImpact(whole / volume), PriceLaw.linear(whole / volume));
            case 1: {
                double volatility = between(0.01, 0.1);
                double daily = volume * Math.pow(volatility / whole, 2);
                double crossover = random.nextInt(3) == 0 ? 0 : volume * between(0.0001, 0.05);
                return new Laws(
                        new SquareRootImpact(1.3, volatility, daily, crossover),
                        PriceLaw.squareRoot(1.3, volatility, daily, crossover));
            }
            case 2: {
                double scale = volume * between(0.2, 3);
                double floor = between(0.2, 0.95);
                return new Laws(new ExponentialImpact(scale, floor), PriceLaw.withFloor(scale, floor));
            }
            default:
                return bands(volume, whole, law == 4);
        }
    }

    private Laws bands(double volume, double whole, boolean carriedOn) {
        int count = 1 + random.nextInt(8);
        double[] edges = new double[count];
        double[] resting = new double[count];
        double edge = 0;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            edge += whole / count * between(0.2, 1.8);
            sum += random.nextInt(8) == 0 ? 0 : volume / count * between(0.1, 1.6);
            edges[i] = edge;
            resting[i] = sum;
        }
        if (!carriedOn) {
            return new Laws(DepthImpact.ending(edges, resting), PriceLaw.bands(edges, resting));
        }
        double reach = edge * between(1, 4);
        double innerEdge = count == 1 ? 0 : edges[count - 2];
        double innerSum = count == 1 ? 0 : resting[count - 2];
        double[] farther = java.util.Arrays.copyOf(edges, count + 1);
        double[] more = java.util.Arrays.copyOf(resting, count + 1);
        farther[count] = reach;
        more[count] = sum + (sum - innerSum) / (edge - innerEdge) * (reach - edge);
        return new Laws(DepthImpact.carriedOn(edges, resting, reach), PriceLaw.bands(farther, more));
    }

    /** A fall or rise of 0 to 60 %; the first is none. */
    double exogenous(int shock) {
        double fraction = shock == 0 ? 0 : Math.pow(random.nextDouble(), 2) * 0.6;
        return spot * (1 - direction.sign() * fraction);
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    TriggerLadder exactLadder() {
        return TriggerLadder.exact(direction, coordinates(true), lots());
    }

    TriggerLadder exactBankruptcies() {
        return TriggerLadder.exact(direction, coordinates(false), lots());
    }

    private double[] coordinates(boolean triggers) {
        return items.stream()
                .mapToDouble(item -> direction.coordinate(triggers ? item.trigger() : item.bankruptcy()))
                .toArray();
    }

    long[] lots() {
        return items.stream().mapToLong(Item::lots).toArray();
    }
}
