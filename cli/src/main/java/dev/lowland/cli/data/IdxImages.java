package dev.lowland.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Grey images in two IDX files, one of images (n × height × width) and one of classes (n): MNIST, Fashion-MNIST and
 * what looks like them. A byte b is the number b/255.
 */
public final class IdxImages implements ImageSet {
    private static final double FULL = 255;

    private final String labelFile;
    private final IdxFile images;
    private final IdxFile labels;
    private final ImageSize imageSize;

    private IdxImages(String labelFile, IdxFile images, IdxFile labels) {
        this.labelFile = labelFile;
        this.images = images;
        this.labels = labels;
        this.imageSize = new ImageSize(1, images.shape()[1], images.shape()[2]);
    }

    /**
     * The images of a folder that has the usual names: {@code train-images-idx3-ubyte} and
     * {@code train-labels-idx1-ubyte}, or {@code t10k-…} for the test set, each with or without {@code .gz}, and with a
     * point in place of the dash before {@code idx}.
     *
     * @param folder the folder
     * @param test whether those of the test set
     * @return the images
     * @throws FileFault if a file is missing or breaks a rule of the format, or their numbers differ
     * @throws IOException if a file cannot be read
     */
    public static IdxImages ofFolder(Path folder, boolean test) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FileFault(
                    folder.toString(),
                    "the folder",
                    Files.exists(folder) ? "no folder" : "missing",
                    "one of IDX files");
        }
        String split = test ? "t10k" : "train";
        return of(named(folder, split + "-images", "idx3-ubyte"), named(folder, split + "-labels", "idx1-ubyte"));
    }

    private static Path named(Path folder, String name, String type) {
        List<Path> names = List.of(
                folder.resolve(name + "-" + type),
                folder.resolve(name + "-" + type + ".gz"),
                folder.resolve(name + "." + type),
                folder.resolve(name + "." + type + ".gz"));
        return names.stream().filter(Files::exists).findFirst().orElse(names.get(0));
    }

    /**
     * The images of two files.
     *
     * @param images an IDX file of three sizes, plain or gzip
     * @param labels an IDX file of one size, plain or gzip
     * @return the images
     * @throws FileFault if a file is missing or breaks a rule of the format, or their numbers differ
     * @throws IOException if a file cannot be read
     */
    public static IdxImages of(Path images, Path labels) throws IOException {
        IdxFile classes = IdxFile.read(labels, 1);
        IdxFile pictures = IdxFile.read(images, 3);
        if (classes.shape()[0] != pictures.shape()[0]) {
            throw new FileFault(
                    labels.toString(),
                    "the number of labels",
                    String.valueOf(classes.shape()[0]),
                    pictures.shape()[0] + ", as there are images in " + images);
        }
        return new IdxImages(labels.toString(), pictures, classes);
    }

    @Override
    public ImageSize imageSize() {
        return imageSize;
    }

    @Override
    public int size() {
        return labels.shape()[0];
    }

    @Override
    public int label(int image) {
        return labels.bytes()[image] & 0xff;
    }

    @Override
    public void pixels(int image, double[] out) {
        int size = imageSize.pixels();
        for (int i = 0; i < size; i++) {
            out[i] = (images.bytes()[image * size + i] & 0xff) / FULL;
        }
    }

    @Override
    public String file(int image) {
        return labelFile;
    }

    @Override
    public String place(int image) {
        return "label " + image;
    }
}
