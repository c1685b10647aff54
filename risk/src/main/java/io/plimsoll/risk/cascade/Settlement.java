package io.plimsoll.risk.cascade;

/** What a unit of volume is worth at a price, and in which money. */
public enum Settlement {
    /** Volume in base units, money in quote units: the price. */
    LINEAR {
        @Override
        double worth(double price) {
            return price;
        }

        @Override
        double price(double worth) {
            return worth;
        }
    },
    /** Volume of face value, money in the coin: -1 / price, so that a long still gains when it rises. */
    INVERSE {
        @Override
        double worth(double price) {
            return -1 / price;
        }

        @Override
        double price(double worth) {
            return -1 / worth;
        }
    };

    /** Rises with the price. */
    abstract double worth(double price);

    /** The price of a worth; not above 0, or infinite, where no price has it. */
    abstract double price(double worth);
}
