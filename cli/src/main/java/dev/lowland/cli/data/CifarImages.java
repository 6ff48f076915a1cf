package dev.lowland.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 in its binary version: files of records, each a byte of the class and 3,072 of the image, red, green and
 * blue planes of 32 × 32. A byte b is the number b/255.
 */
public final class CifarImages implements ImageSet {
    private static final ImageSize SIZE = new ImageSize(3, 32, 32);
    private static final int RECORD = 1 + 3 * 32 * 32;
    private static final int CLASSES = 10;
    private static final double FULL = 255;

    /** The folder that the archive of the authors unpacks to. */
    private static final String UNPACKED = "cifar-10-batches-bin";

    private static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");
    private static final List<String> TEST = List.of("test_batch.bin");

    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Batch(String file, byte[] bytes, int first) {
        int end() {
            return first + bytes.length / RECORD;
        }
    }

    private final List<Batch> batches;

    private CifarImages(List<Batch> batches) {
        this.batches = batches;
    }

    /**
     * The images of a folder, or of the folder {@code cifar-10-batches-bin} in it.
     *
     * @param folder the folder
     * @param test whether those of {@code test_batch.bin}; otherwise those of {@code data_batch_1.bin} to 5, in order
     * @return the images
     * @throws FileFault if a file is missing, is no whole number of records, or has a class above 9
     * @throws IOException if a file cannot be read
     */
    public static CifarImages ofFolder(Path folder, boolean test) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileFault(
                    folder.toString(),
                    "the folder",
                    Files.exists(folder) ? "no folder" : "missing",
                    "one of the binary files of CIFAR-10");
        }
        Path inner = folder.resolve(UNPACKED);
        Path place = Files.isDirectory(inner) ? inner : folder;
        List<Batch> batches = new ArrayList<>();
        int first = 0;
        for (String name : test ? TEST : TRAIN) {
            Batch batch = read(place.resolve(name), first);
            batches.add(batch);
            first = batch.end();
        }
        return new CifarImages(List.copyOf(batches));
    }

    private static Batch read(Path file, int first) throws IOException {
        DataBytes.check(file, "a binary file of CIFAR-10");
        long size = Files.size(file);
        if (size == 0 || size % RECORD != 0) {
            throw new FileFault(
                    file.toString(),
                    "the file",
                    "of " + size + " bytes, " + size / RECORD + " records and " + size % RECORD + " bytes",
                    "of whole records of " + RECORD + " bytes, at least one");
        }
        try (DataBytes in = DataBytes.open(file, "a binary file of CIFAR-10")) {
            in.room("the file", size, 1);
            Batch batch = new Batch(file.toString(), in.read("the file", (int) size), first);
            for (int i = 0; i < size / RECORD; i++) {
                int label = batch.bytes[i * RECORD] & 0xff;
                if (label >= CLASSES) {
                    throw in.fault("the label of record " + i, String.valueOf(label), "a class from 0 to 9");
                }
            }
            return batch;
        }
    }

    private Batch batch(int image) {
        int b = 0;
        while (image >= batches.get(b).end()) {
            b++;
        }
        return batches.get(b);
    }

    @Override
    public ImageSize imageSize() {
        return SIZE;
    }

    @Override
    public int size() {
        return batches.get(batches.size() - 1).end();
    }

    @Override
    public int label(int image) {
        Batch batch = batch(image);
        return batch.bytes[(image - batch.first) * RECORD];
    }

    @Override
    public void pixels(int image, double[] out) {
        Batch batch = batch(image);
        int start = (image - batch.first) * RECORD + 1;
        for (int i = 0; i < SIZE.pixels(); i++) {
            out[i] = (batch.bytes[start + i] & 0xff) / FULL;
        }
    }

    @Override
    public String file(int image) {
        return batch(image).file;
    }

    @Override
    public String place(int image) {
        return "the label of record " + (image - batch(image).first);
    }
}
