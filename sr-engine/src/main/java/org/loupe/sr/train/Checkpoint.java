package org.loupe.sr.train;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.loupe.image.AtomicFile;
import org.loupe.sr.model.ModelPackage;

/**
 * The state of a training run: time and iterations done, weights, the optimiser's moments. Written
 * whole or not at all, so a run that is killed resumes from the last one.
 */
final class Checkpoint {

  private static final int MAGIC = 0x4c4f5550;

  private Checkpoint() {}

  static void save(Path file, Block block, Optimiser optimiser, double minutes) throws IOException {
    AtomicFile.write(
        file,
        part -> {
          try (DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            out.writeInt(MAGIC);
            out.writeDouble(minutes);
            out.writeInt(optimiser.steps());
            block.saveParameters(out);
            for (NDArray moment : optimiser.moments()) {
              for (float value : moment.toFloatArray()) {
                out.writeFloat(value);
              }
            }
          }
        });
  }

  /** What a checkpoint held, besides the weights that went into the block. */
  record Restored(Optimiser optimiser, double minutes) {}

  /**
   * Loads the weights into the initialised block and makes the optimiser with its moments.
   *
   * @throws IOException where the file is none, not whole, or of another architecture
   */
  static Restored load(Path file, Block block, boolean orthogonal, NDManager manager)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != MAGIC) {
        throw new IOException(file + " is not a training checkpoint");
      }
      double minutes = in.readDouble();
      int steps = in.readInt();
      ModelPackage.loadParameters(block, in, manager);
      Optimiser optimiser = new Optimiser(block, orthogonal, manager);
      optimiser.setSteps(steps);
      for (NDArray moment : optimiser.moments()) {
        float[] values = new float[(int) moment.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = in.readFloat();
        }
        moment.set(values);
      }
      return new Restored(optimiser, minutes);
    } catch (EOFException e) {
      throw new IOException(file + " is not a whole training checkpoint", e);
    } catch (MalformedModelException | IllegalArgumentException e) {
      throw new IOException(file + " does not fit this network", e);
    }
  }
}
