package dev.lowland.cli.report.view;

/**
 * A quantity and its value.
 *
 * @param quantity its name
 * @param symbol its symbol or formula, empty where it has none
 * @param value its value, or a status where there is none
 * @param method how the value was got, or why it is not there; empty for what was given
 */
public record Fact(String quantity, String symbol, String value, String method) {}
