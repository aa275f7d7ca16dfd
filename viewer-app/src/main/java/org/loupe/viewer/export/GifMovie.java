package org.loupe.viewer.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Animated GIF that starts again at its end. */
final class GifMovie {

  /** Shortest time of a picture that browsers keep, hundredths of a second. */
  private static final int LEAST_HUNDREDTHS = 2;

  private GifMovie() {}

  static void write(Path file, int framesPerSecond, MovieFile.Frames frames) throws IOException {
    int hundredths = Math.max(LEAST_HUNDREDTHS, Math.round(100f / framesPerSecond));
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      boolean first = true;
      for (BufferedImage frame = frames.next(); frame != null; frame = frames.next()) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        IIOMetadata data =
            writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromRenderedImage(frame), parameters);
        describe(data, hundredths, first);
        writer.writeToSequence(new IIOImage(frame, null, data), parameters);
        first = false;
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
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
