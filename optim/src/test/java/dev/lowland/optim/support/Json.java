package dev.lowland.optim.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of the golden files: objects as maps, arrays as lists, numbers as doubles, and words. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        return new Json(text).value();
    }

    private Object value() {
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            default:
                return number();
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> entries = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String key = string();
            expect(':');
            entries.put(key, value());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return entries;
    }

    private List<Object> array() {
        List<Object> entries = new ArrayList<>();
        at++;
        while (peek() != ']') {
            entries.add(value());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return entries;
    }

    private String string() {
        expect('"');
        int end = text.indexOf('"', at);
        String word = text.substring(at, end);
        at = end + 1;
        return word;
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return Double.valueOf(text.substring(start, at));
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new IllegalArgumentException("expected " + wanted + " at " + at);
        }
        at++;
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }
}
