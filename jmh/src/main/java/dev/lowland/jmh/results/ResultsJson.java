package dev.lowland.jmh.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The results as JSON: everything that was measured, round by round, and the rows. */
final class ResultsJson {
    private ResultsJson() {}

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Reads what was measured back from such a file. */
    static void read(String text, Map<String, String> facts, Measurements measured, List<String> notes)
            throws IOException {
        JsonNode root = MAPPER.readTree(text);
        root.path("machine")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        for (JsonNode round : root.path("rounds")) {
            Map<String, Double> numbers = new HashMap<>();
            round.properties()
                    .forEach(number ->
                            numbers.put(number.getKey(), number.getValue().asDouble()));
            measured.beginRound();
            measured.add(numbers);
        }
        root.path("notMeasured").forEach(note -> notes.add(note.asText()));
    }

    /** The whole file. */
    static String of(Results results) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("quick", results.quick());
        ObjectNode facts = root.putObject("machine");
        results.facts().forEach(facts::put);
        ArrayNode rows = root.putArray("rows");
        for (Row row : Goals.rows()) {
            ObjectNode node = rows.addObject();
            node.put("what", row.what());
            node.put("against", row.against());
            node.put("unit", row.unit());
            if (!Double.isNaN(row.goal())) {
                node.put("goal", row.goal());
            }
            node.put("atLeast", row.atLeast());
            node.put("verdict", row.verdict(results.measured()).name());
            row.spread(results.measured()).ifPresent(spread -> {
                node.put("median", spread.median());
                node.put("least", spread.least());
                node.put("most", spread.most());
            });
        }
        ObjectNode limits = root.putObject("percentOfLimit");
        results.measured().rounds().stream()
                .flatMap(round -> round.keySet().stream())
                .distinct()
                .sorted()
                .forEach(name -> results.percentOfLimit(name).ifPresent(percent -> limits.put(name, percent)));
        ArrayNode rounds = root.putArray("rounds");
        for (SortedMap<String, Double> round : results.measured().rounds()) {
            ObjectNode node = rounds.addObject();
            round.forEach(node::put);
        }
        ArrayNode notes = root.putArray("notMeasured");
        results.notes().forEach(notes::add);
        try {
            return MAPPER.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
