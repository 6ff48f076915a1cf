package dev.lowland.autodiff.op;

import java.util.ArrayList;
import java.util.List;

/**
 * Every builder with its domain and its value from the definition. The checks of all ops are generated from this list,
 * and {@link OpCatalogueTest} fails when a builder or a primitive is not in it.
 */
final class OpCatalogue {
    private OpCatalogue() {}

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>(ElementaryCases.all());
        cases.addAll(LayoutCases.all());
        cases.addAll(ChoiceCases.all());
        cases.addAll(ImageCases.all());
        return cases;
    }
}
