package org.loupe.viewer.export;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.loupe.image.AtomicFile;
import org.loupe.viewer.Texts;

/** Writes pictures as PNG or TIFF, and movies as animated GIF, whole or not at all. */
public final class PictureFile {

  private PictureFile() {}

  /**
   * Writes a picture in the format that the file's name says.
   *
   * @throws IOException where it says none of png, tif and tiff, or the file cannot be written
   */
  public static void write(BufferedImage image, Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String format =
        name.endsWith(".png")
            ? "png"
            : name.endsWith(".tif") || name.endsWith(".tiff") ? "tiff" : null;
    if (format == null) {
      throw new IOException(Texts.of("export.format", file.getFileName()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException(Texts.of("export.format", file.getFileName()));
    }
    AtomicFile.write(file, bytes.toByteArray());
  }

  /**
   * Writes a movie that starts again at its end.
   *
   * @param millis time of each picture; GIF keeps hundredths of a second
   */
  public static void writeGif(List<BufferedImage> frames, int millis, Path file)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < frames.size(); i++) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        IIOMetadata data =
            writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(frames.get(i)), parameters);
        describe(data, Math.max(2, millis / 10), i == 0);
        writer.writeToSequence(new IIOImage(frames.get(i), null, data), parameters);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    AtomicFile.write(file, bytes.toByteArray());
  }

  private static void describe(IIOMetadata data, int hundredths, boolean first)
      throws IIOInvalidTreeException {
    String format = data.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) data.getAsTree(format);
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(hundredths));
    control.setAttribute("transparentColorIndex", "0");
    if (first) {
      IIOMetadataNode extensions = child(root, "ApplicationExtensions");
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      // Sub-block 1, repeated for ever.
      loop.setUserObject(new byte[] {1, 0, 0});
      extensions.appendChild(loop);
    }
    data.setFromTree(format, root);
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode node = new IIOMetadataNode(name);
    root.appendChild(node);
    return node;
  }
}
