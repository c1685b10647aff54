package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.InputException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.Set;

/**
 * How CSV files are written.
 *
 * @param separator between cells
 * @param decimal mark before a number's decimals, point or comma
 * @param thousands mark between groups of three digits; 0 where there is none
 * @param emptyCells what an empty cell may look like
 */
record CsvFormat(char separator, char decimal, char thousands, Set<String> emptyCells, Charset charset) {

    /** Beyond this a number is no price, size or amount, and arithmetic with it would fill the memory. */
    private static final int LARGEST_SCALE = 400;

    boolean isEmpty(String cell) {
        return cell.isBlank() || emptyCells.contains(cell.strip());
    }

    BigDecimal number(String cell) {
        String text = cell.strip();
        if (thousands != 0 && text.indexOf(thousands) >= 0) {
            String whole = text.split(java.util.regex.Pattern.quote(String.valueOf(decimal)), 2)[0];
            if (!whole.matches(
                    "[-+]?\\d{1,3}(" + java.util.regex.Pattern.quote(String.valueOf(thousands)) + "\\d{3})+")) {
                throw notANumber();
            }
            text = whole.replace(String.valueOf(thousands), "") + text.substring(whole.length());
        }
        if (decimal != '.') {
            if (text.indexOf('.') >= 0) {
                throw notANumber();
            }
            text = text.replace(decimal, '.');
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > LARGEST_SCALE || number.precision() > LARGEST_SCALE) {
                throw notANumber();
            }
            return number;
        } catch (NumberFormatException e) {
            throw notANumber();
        }
    }

    private InputException notANumber() {
        return new InputException("allowed is a number with a decimal " + (decimal == '.' ? "point" : "comma")
                + (thousands == 0 ? "" : " and " + thousands + " between thousands"));
    }
}
