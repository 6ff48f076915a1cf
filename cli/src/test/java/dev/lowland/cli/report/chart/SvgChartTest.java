package dev.lowland.cli.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.cli.report.Samples;
import dev.lowland.cli.report.format.Html;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pictures: sound XML, every series in its colour and shape, where its numbers say. */
class SvgChartTest {

    private static Element svg(Figure figure) throws Exception {
        byte[] text = SvgChart.file(figure).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text))
                .getDocumentElement();
    }

    private static List<Element> all(Element root, String tag) {
        NodeList nodes = root.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The paths that have an attribute of this value. */
    private static List<Element> paths(Element root, String attribute, String value) {
        return all(root, "path").stream()
                .filter(path -> path.getAttribute(attribute).equals(value))
                .toList();
    }

    @Test
    void drawsEverySeriesInItsColourAndShape() throws Exception {
        Element root = svg(Samples.figure());
        Element band = paths(root, "fill", "#1668b8").get(0);
        assertEquals("0.24", band.getAttribute("fill-opacity"));
        assertTrue(band.getAttribute("d").matches("M[^LM]*(L[^L]*){7}Z"), band.getAttribute("d"));
        assertEquals("4", paths(root, "stroke", "#1668b8").get(0).getAttribute("stroke-width"));
        assertEquals("9 5", paths(root, "stroke", "#1c2531").get(0).getAttribute("stroke-dasharray"));
        assertEquals("4 4", paths(root, "stroke", "#c2410c").get(0).getAttribute("stroke-dasharray"));
        assertEquals("4 4", paths(root, "stroke", "#9d3a9a").get(0).getAttribute("stroke-dasharray"));
        Element marks = paths(root, "stroke-width", "7").get(0);
        assertEquals("#7a8694", marks.getAttribute("stroke"));
        assertTrue(marks.getAttribute("d").matches("(M[0-9. ]+h0){4}"), marks.getAttribute("d"));
    }

    @Test
    void drawsWhatTheNumbersSay() throws Exception {
        Figure figure = Figure.named("line")
                .line(Role.MEASURED, "rising", new double[] {0, 1, 3}, new double[] {-1, 0, 2})
                .build();
        String[] way =
                paths(svg(figure), "stroke-width", "4").get(0).getAttribute("d").split("[ML]");
        double[] h = new double[3];
        double[] v = new double[3];
        for (int i = 0; i < 3; i++) {
            String[] point = way[i + 1].split(" ");
            h[i] = Double.parseDouble(point[0]);
            v[i] = Double.parseDouble(point[1]);
        }
        assertEquals((h[2] - h[0]) / 3, h[1] - h[0], 0.011);
        assertEquals((v[2] - v[0]) / 3, v[1] - v[0], 0.011);
        assertTrue(h[0] > 40 && h[2] < 700 && v[0] < 368 && v[2] > 12, String.join("; ", way));
    }

    @Test
    void saysWhatIsOnTheAxes() throws Exception {
        List<String> texts = all(svg(Samples.figure()), "text").stream()
                .map(Element::getTextContent)
                .toList();
        assertTrue(texts.containsAll(List.of("step k", "way", "0", "1", "2", "3")), texts.toString());
        assertEquals(
                "A path <b> & \"more\". What to see: a < b.",
                all(svg(Samples.figure()), "title").get(0).getTextContent());
    }

    @Test
    void everyColourHasItsPartnerOnADarkPage() {
        String rules = SvgChart.darkRules();
        assertTrue(rules.startsWith("@media screen and (prefers-color-scheme: dark) {\n"), rules);
        assertTrue(rules.contains("  .chart [stroke='#1668b8'] { stroke: #6cb3f5; }\n"), rules);
        assertTrue(rules.contains("  .chart [fill='#ffffff'] { fill: #161c24; }\n"), rules);
        List<String> light = ChartTheme.LIGHT.all();
        assertEquals(light.size(), light.stream().distinct().count(), "two colours of the light theme are the same");
        assertEquals(light.size(), ChartTheme.DARK.all().size());
        List<String> used = Pattern.compile("\"#[0-9a-f]{6}\"")
                .matcher(SvgChart.file(Samples.figure()))
                .results()
                .map(MatchResult::group)
                .map(colour -> colour.substring(1, 8))
                .toList();
        assertTrue(light.containsAll(used), used.toString());
    }

    @Test
    void wrongTheoriesHaveDiamondsAndNothingLeftIsNoFault() throws Exception {
        Figure figure = Figure.named("wrong")
                .points(Role.FALSIFICATION, "wrong", new double[] {1}, new double[] {2})
                .line(Role.MEASURED, "diverged", new double[] {1, 2}, new double[] {Double.NaN, Double.NaN})
                .build();
        Element root = svg(figure);
        assertEquals(1, paths(root, "fill", "#c2410c").size());
        assertEquals(List.of(), paths(root, "stroke", "#1668b8"));
    }

    @Test
    void withinAPageItIsAnImageWithWords() {
        Html html = new Html();
        SvgChart.add(html, Samples.figure());
        String text = html.fragment();
        String begin = "<svg class=\"chart\" viewBox=\"0 0 720 420\" role=\"img\" aria-label=\"A path &lt;b&gt;";
        assertTrue(text.startsWith(begin), text);
        assertFalse(text.contains("http"), text);
    }
}
