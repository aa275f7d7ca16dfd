package org.loupe.dicom.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.PixelData;
import org.loupe.image.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dicom pixels}: the stored values of files. */
@Command(
    name = "pixels",
    mixinStandardHelpOptions = true,
    description =
        "Write the stored values of all frames of each file as NAME.raw, 16 bits little endian,"
            + " signed or unsigned as the file says (32 bits where the file has 32), and their"
            + " layout as NAME.json.")
public final class PixelsCommand implements Callable<Integer> {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files, or folders of them")
  private List<Path> files;

  @Option(names = "--out", required = true, description = "folder for the results")
  private Path out;

  @Override
  public Integer call() throws IOException {
    return EachFile.run(files, out, spec.commandLine().getErr(), PixelsCommand::write);
  }

  private static void write(DicomFile file, String stem) throws IOException {
    PixelData pixels = new PixelData(file);
    AtomicFile.write(Path.of(stem + ".raw"), raw -> writeValues(pixels, raw));
    AtomicFile.write(Path.of(stem + ".json"), JSON.writeValueAsBytes(layout(pixels)));
  }

  private static void writeValues(PixelData pixels, Path raw) throws IOException {
    int width = bytes(pixels);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(raw), 1 << 16)) {
      for (int frame = 0; frame < pixels.frames(); frame++) {
        int[] stored = pixels.stored(frame);
        ByteBuffer buffer =
            ByteBuffer.allocate(Math.multiplyExact(width, stored.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int value : stored) {
          if (width == 2) {
            buffer.putShort((short) value);
          } else {
            buffer.putInt(value);
          }
        }
        out.write(buffer.array());
      }
    }
  }

  private static ObjectNode layout(PixelData pixels) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("rows", pixels.rows());
    node.put("columns", pixels.columns());
    node.put("frames", pixels.frames());
    node.put("samples", pixels.samples());
    node.put("signed", pixels.signed());
    node.put("photometric", pixels.photometric());
    node.put("bytes", bytes(pixels));
    return node;
  }

  /** Bytes of a value as it is written. */
  private static int bytes(PixelData pixels) {
    return pixels.bitsAllocated() > 16 ? 4 : 2;
  }
}
