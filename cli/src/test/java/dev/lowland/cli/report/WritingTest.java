package dev.lowland.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lowland.cli.report.format.Html;
import dev.lowland.cli.report.format.Json;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.report.format.TextTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The small writers: JSON that reads back bit for bit, HTML, tables and numbers for people. */
class WritingTest {

    @Test
    void doublesReadBackBitForBit() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        DMatrixRMaj numbers = new DMatrixRMaj(4003, 1);
        for (int i = 0; i < 4000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            numbers.data[i] = Double.isFinite(value) ? value : i * 0.1;
        }
        numbers.data[4000] = -0.0;
        numbers.data[4001] = Double.MIN_VALUE;
        numbers.data[4002] = 2.2250738585072014E-308;
        JsonNode read = JsonMapper.builder().build().readTree(Json.text(Json.numbers(numbers)));
        for (int i = 0; i < 4003; i++) {
            assertEquals(
                    Double.doubleToRawLongBits(numbers.data[i]),
                    Double.doubleToRawLongBits(read.get(i).doubleValue()));
        }
    }

    @Test
    void whatJsonCannotSayIsNull() {
        DMatrixRMaj odd = new DMatrixRMaj(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1.5});
        assertEquals("[ null, null, 1.5 ]\n", Json.text(Json.numbers(odd)));
        assertEquals("null\n", Json.text(Json.numbers(null)));
    }

    @Test
    void htmlIsEscapedAndBalanced() {
        Html html = new Html().open("p", "title", "\"<&").text("a < b & 'c'").close("p");
        assertEquals("<!doctype html>\n<p title=\"&quot;&lt;&amp;\">a &lt; b &amp; &#39;c&#39;</p>\n", html.document());
        assertThrows(IllegalStateException.class, () -> new Html().open("p").close("div"));
        assertThrows(IllegalStateException.class, () -> new Html().open("p").document());
        assertThrows(IllegalArgumentException.class, () -> new Html().style("</style>"));
    }

    @Test
    void columnsOfATableLineUp() {
        String text = new TextTable("name", ">value")
                .row("L\u0303", "1")
                .row("λmax", "12.5")
                .text();
        assertEquals("name  value\nL\u0303         1\nλmax   12.5\n", text);
        assertThrows(IllegalArgumentException.class, () -> new TextTable("a", "b").row("only one"));
    }

    @Test
    void numbersForPeopleAreShort() {
        assertEquals("0.1235", Numbers.brief(0.123456));
        assertEquals("1.235e-5", Numbers.brief(1.23456e-5));
        assertEquals("-1.235e8", Numbers.brief(-1.23456e8));
        assertEquals("100000", Numbers.brief(100000));
        assertEquals("0", Numbers.brief(0));
        assertEquals("—", Numbers.brief(Double.NaN));
        assertEquals("∞", Numbers.brief(Double.POSITIVE_INFINITY));
        assertEquals("1e-4", Numbers.tick(new BigDecimal("1e-4")));
        assertEquals("0.3", Numbers.tick(new BigDecimal("0.30")));
        assertEquals("12,000", Numbers.tick(new BigDecimal("1.2e4")));
        assertEquals("0.13 %", Numbers.percent(0.0013));
        assertEquals("1.1e-11", Numbers.percent(1.123e-11));
        assertEquals("0 %", Numbers.percent(0));
        assertEquals("12.3", Numbers.distance(12.34));
        assertEquals("123", Numbers.distance(123.4));
        assertEquals("300,000", Numbers.distance(300000));
        assertEquals("1.2e7", Numbers.distance(12345678));
        assertEquals("1,234,567", Numbers.count(1234567));
    }
}
