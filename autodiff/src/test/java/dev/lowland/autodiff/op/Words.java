package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Jet2;
import dev.lowland.autodiff.transform.Reverse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nested transforms as words: F is forward along v, R is reverse contracted with v, J is a 2-jet along v, which counts
 * for two orders. Every word of order k, applied to a scalar s(x), is D^k s[v, …, v]: all words of an order agree.
 */
final class Words {
    private final Node x;
    private final Node v;
    private final Node start;
    private final Map<String, Node> made = new HashMap<>();

    /** Words on one scalar. */
    Words(Node start, Node x, Node v) {
        this.start = start;
        this.x = x;
        this.v = v;
    }

    /** All words of orders 1 to the given one, shorter orders first. */
    static List<String> upTo(int order) {
        List<List<String>> words = new ArrayList<>();
        words.add(List.of(""));
        List<String> all = new ArrayList<>();
        for (int k = 1; k <= order; k++) {
            List<String> ofOrder = new ArrayList<>();
            for (String shorter : words.get(k - 1)) {
                ofOrder.add(shorter + "F");
                ofOrder.add(shorter + "R");
            }
            if (k > 1) {
                words.get(k - 2).forEach(shorter -> ofOrder.add(shorter + "J"));
            }
            words.add(ofOrder);
            all.addAll(ofOrder);
        }
        return all;
    }

    /** The order of a word. */
    static int order(String word) {
        return word.length()
                + (int) word.chars().filter(letter -> letter == 'J').count();
    }

    /** The word's derivative. */
    Node apply(String word) {
        if (word.isEmpty()) {
            return start;
        }
        Node known = made.get(word);
        if (known == null) {
            Node inner = apply(word.substring(0, word.length() - 1));
            known = letter(word.charAt(word.length() - 1), inner);
            made.put(word, known);
        }
        return known;
    }

    private Node letter(char letter, Node s) {
        return switch (letter) {
            case 'F' -> Forward.jvp(s, x, v);
            case 'R' -> Ops.dot(Reverse.gradient(s, x), v);
            default -> Jet2.collapsed(s, x, v);
        };
    }
}
