package dev.lowland.cli.problem;

import dev.lowland.cli.data.FileFault;
import java.io.IOException;
import java.util.List;

/** Reads the fields {@code data} and {@code test}, in whichever form they are. */
final class DataReader {
    private static final DataForm INLINE = new InlineData();
    private static final List<DataForm> FORMS = List.of(new CsvData(), new NumpyData(), new ImageData());

    private DataReader() {}

    static SampleTable read(DataForm.Request request) {
        JsonFields fields = request.fields();
        DataForm form = FORMS.stream()
                .filter(f -> f.keys().stream().anyMatch(fields::has))
                .findFirst()
                .orElse(INLINE);
        try {
            return form.read(request).checkedFor(request.loss());
        } catch (IOException e) {
            throw problem(fields, e);
        } catch (IllegalArgumentException e) {
            throw fields.refused(e);
        }
    }

    /** What a file that cannot be read, or breaks a rule of its format, is to whoever wrote the problem. */
    static ProblemException problem(JsonFields fields, IOException e) {
        if (e instanceof FileFault fault) {
            return new ProblemException(fault.file(), fault.place(), fault.found(), fault.rule());
        }
        return fields.unreadable(e);
    }
}
