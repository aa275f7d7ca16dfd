package org.loupe.viewer.viewport;

import java.util.EnumSet;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.loupe.image.Interpolation;

/** How one pane shows its slice. Each property may be changed at any time; the pane follows. */
public final class PaneSettings {

  private final ObjectProperty<Comparison> comparison =
      new SimpleObjectProperty<>(this, "comparison", Comparison.SUPER_RESOLVED);
  private final ObjectProperty<PicturePair> pair =
      new SimpleObjectProperty<>(this, "pair", PicturePair.DEFAULT);
  private final ObjectProperty<Picture> resolved =
      new SimpleObjectProperty<>(this, "resolved", Picture.RESOLVED);
  private final BooleanProperty referenceWatched =
      new SimpleBooleanProperty(this, "referenceWatched");
  private final ObjectProperty<Split> split =
      new SimpleObjectProperty<>(this, "split", Split.MIDDLE);
  private final StringProperty other = new SimpleStringProperty(this, "other", "");
  private final BooleanProperty blinkSecond = new SimpleBooleanProperty(this, "blinkSecond");
  private final ObjectProperty<Overlay> overlay =
      new SimpleObjectProperty<>(this, "overlay", Overlay.NONE);
  private final DoubleProperty overlayOpacity =
      new SimpleDoubleProperty(this, "overlayOpacity", 0.65);
  private final BooleanProperty priorShown = new SimpleBooleanProperty(this, "priorShown");
  private final DoubleProperty priorOpacity = new SimpleDoubleProperty(this, "priorOpacity", 0.4);
  private final ObjectProperty<Interpolation> kernel =
      new SimpleObjectProperty<>(this, "kernel", Interpolation.BICUBIC);
  private final ObjectProperty<ColourMap> colours =
      new SimpleObjectProperty<>(this, "colours", ColourMap.GREY);
  private final BooleanProperty inverted = new SimpleBooleanProperty(this, "inverted");

  /** Whether the grey scale is inverted because a presentation state has it so. */
  private boolean invertedByState;

  private final BooleanProperty annotated = new SimpleBooleanProperty(this, "annotated", true);
  private final StringProperty note = new SimpleStringProperty(this, "note", "");
  private final BooleanProperty anonymous = new SimpleBooleanProperty(this, "anonymous");

  public PaneSettings() {
    inverted.subscribe(() -> invertedByState = false);
  }

  /** Runs an action after every change of anything. */
  void subscribe(Runnable changed) {
    for (Property<?> p :
        new Property<?>[] {
          comparison,
          pair,
          resolved,
          referenceWatched,
          split,
          other,
          blinkSecond,
          overlay,
          overlayOpacity,
          priorShown,
          priorOpacity,
          kernel,
          colours,
          inverted,
          annotated,
          note,
          anonymous
        }) {
      p.subscribe(changed);
    }
  }

  /** What else the badge is to say; empty for nothing. */
  public StringProperty noteProperty() {
    return note;
  }

  public ObjectProperty<Comparison> comparisonProperty() {
    return comparison;
  }

  /** What {@link Comparison#WIPE}, {@link Comparison#BLINK} and DIFFERENCE compare. */
  public ObjectProperty<PicturePair> pairProperty() {
    return pair;
  }

  /** Which of the super-resolved pictures {@link Comparison#SUPER_RESOLVED} shows. */
  public ObjectProperty<Picture> resolvedProperty() {
    return resolved;
  }

  /** Whether places that only the reference shows are looked for and marked. */
  public BooleanProperty referenceWatchedProperty() {
    return referenceWatched;
  }

  /** Where the wipe divides the pane. */
  public ObjectProperty<Split> splitProperty() {
    return split;
  }

  /**
   * Id of the series of {@link Picture#OTHER}; empty for the reference that guides the slice. It
   * holds while that series is open and paired with what is shown: {@link SrSubjects#other}.
   */
  public StringProperty otherProperty() {
    return other;
  }

  /** Whether a blinking pane shows the second picture just now. */
  public BooleanProperty blinkSecondProperty() {
    return blinkSecond;
  }

  public ObjectProperty<Overlay> overlayProperty() {
    return overlay;
  }

  public DoubleProperty overlayOpacityProperty() {
    return overlayOpacity;
  }

  public BooleanProperty priorShownProperty() {
    return priorShown;
  }

  public DoubleProperty priorOpacityProperty() {
    return priorOpacity;
  }

  /** How the image that is not super-resolved is interpolated. */
  public ObjectProperty<Interpolation> kernelProperty() {
    return kernel;
  }

  public ObjectProperty<ColourMap> coloursProperty() {
    return colours;
  }

  public BooleanProperty invertedProperty() {
    return inverted;
  }

  /**
   * Inverts the grey scale, or not, as a presentation state has it: until a series is shown anew.
   */
  public void invertByState(boolean on) {
    inverted.set(on);
    invertedByState = on;
  }

  /** A series is shown anew: what a presentation state inverted is taken back. */
  void forgetState() {
    if (invertedByState) {
      inverted.set(false);
    }
  }

  /** Whether the corners tell patient, series and view. The badge is always there. */
  public BooleanProperty annotatedProperty() {
    return annotated;
  }

  /** Whether patient and study are left out of the corners. */
  public BooleanProperty anonymousProperty() {
    return anonymous;
  }

  /** Whether super-resolved pixels are wanted on the screen. */
  boolean wantsResolved() {
    return !wanted().isEmpty();
  }

  /** The super-resolved pictures that the pane needs. */
  Set<Picture> wanted() {
    EnumSet<Picture> out = EnumSet.noneOf(Picture.class);
    Comparison c = comparison.get();
    Overlay map = overlay.get();
    if (c == Comparison.SUPER_RESOLVED || map == Overlay.EXPECTED_ERROR || map == Overlay.ADDED) {
      out.add(resolved.get());
    }
    if (c.ofTwo()) {
      out.add(pair.get().first());
      out.add(pair.get().second());
      out.removeIf(p -> !p.isResolved());
    }
    if (map == Overlay.GUIDANCE || (referenceWatched.get() && !out.isEmpty())) {
      out.add(Picture.RESOLVED);
      out.add(Picture.UNGUIDED);
    }
    return out;
  }
}
