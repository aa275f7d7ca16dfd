package org.loupe.viewer.viewport;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.shape.Circle;
import org.loupe.image.Image2;
import org.loupe.image.Pixel;
import org.loupe.viewer.Texts;

/**
 * A magnifying lens under the pointer. What lies under it is computed as a small pane of its own:
 * with the super-resolution lens only those pixels are super-resolved, whatever the pane shows.
 */
public final class Lens implements PaneDecoration {

  /** Diameter in units of the scene. */
  private static final int SIZE = 240;

  /** Where the name begins: the circle is still wide enough for it. */
  private static final double NAME_TOP = SIZE - 40;

  /** Magnification against the pane. */
  private static final double POWER = 2;

  private final ImagePane pane;
  private final SrSubjects subjects;
  private final PaneSettings settings = new PaneSettings();
  private final Screen screen = new Screen();
  private final SrLayers layers;
  private final PaneRenderer renderer;
  private final Circle rim = new Circle(SIZE / 2.0);

  /** Says that what is under the lens is super-resolved, whatever the pane's badge says. */
  private final Label name = new Label(Texts.of("badge.resolved"));

  private final Group node = new Group();
  private final BooleanProperty on = new SimpleBooleanProperty(this, "on");
  private final BooleanProperty resolved = new SimpleBooleanProperty(this, "resolved");
  private double x = Double.NaN;
  private double y;

  public Lens(ImagePane pane, SrService service, SrSubjects subjects) {
    this.pane = pane;
    this.subjects = subjects;
    layers = new SrLayers(service, subjects, settings, this::paint);
    renderer = new PaneRenderer(screen, layers, settings, this::paint);
    rim.getStyleClass().add("lens-rim");
    rim.setFill(null);
    node.setManaged(false);
    node.setMouseTransparent(true);
    node.setVisible(false);
    node.setId("lens");
    Circle clip = new Circle(SIZE / 2.0, SIZE / 2.0, SIZE / 2.0);
    screen.setClip(clip);
    rim.setCenterX(SIZE / 2.0);
    rim.setCenterY(SIZE / 2.0);
    name.setId("lens-badge");
    name.getStyleClass().add("lens-badge");
    name.setVisible(false);
    name.layoutXProperty().bind(name.widthProperty().subtract(SIZE).divide(-2));
    name.setLayoutY(NAME_TOP);
    node.getChildren().addAll(screen, rim, name);
    pane.addEventFilter(MouseEvent.MOUSE_MOVED, e -> move(e.getX(), e.getY()));
    pane.addEventFilter(MouseEvent.MOUSE_DRAGGED, e -> move(e.getX(), e.getY()));
    pane.addEventFilter(MouseEvent.MOUSE_EXITED, e -> move(Double.NaN, 0));
    on.subscribe(this::paint);
    resolved.subscribe(this::paint);
  }

  /** Whether there is a lens. */
  public BooleanProperty onProperty() {
    return on;
  }

  /** Whether the lens super-resolves. */
  public BooleanProperty resolvedProperty() {
    return resolved;
  }

  /** How far the super-resolution of the lens is. */
  public SrStatus status() {
    return layers.status();
  }

  private void move(double newX, double newY) {
    x = newX;
    y = newY;
    if (on.get()) {
      paint();
    }
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public boolean showsResolved() {
    return node.isVisible() && layers.showResolved();
  }

  @Override
  public void update(PaneGeometry geometry) {
    paint();
  }

  private void paint() {
    PaneGeometry g = pane.geometry();
    boolean placed =
        on.get() && !Double.isNaN(x) && g != null && pane.seriesProperty().get() != null;
    Image2 slice = placed ? pane.slice() : null;
    boolean shown = slice != null;
    node.setVisible(shown);
    if (!shown) {
      layers.none();
      name.setVisible(false);
      return;
    }
    double scale = pane.coordinates().deviceLength(1);
    int size = (int) Math.round(SIZE * scale);
    screen.resize(size, size);
    screen.place(0, 0, scale);
    node.setLayoutX(x - SIZE / 2.0);
    node.setLayoutY(y - SIZE / 2.0);
    settings
        .comparisonProperty()
        .set(resolved.get() ? Comparison.SUPER_RESOLVED : Comparison.ORIGINAL);
    settings.kernelProperty().set(pane.settings().kernelProperty().get());
    settings.coloursProperty().set(pane.settings().coloursProperty().get());
    settings.invertedProperty().set(pane.settings().invertedProperty().get());
    ViewState state = pane.stateProperty().get();
    Pixel centre = g.plane().toPixel(pane.coordinates().toPatient(x, y));
    SrSubjects.Subject subject = subjects.subject(pane.seriesProperty().get(), state.slice());
    // Not beyond what the engine decodes, unless the pane itself is.
    double finest =
        Math.max(g.plane().columnSpacing(), g.plane().rowSpacing()) / ViewState.MAX_ZOOM;
    double mm = Math.max(state.mmPerPixel() / POWER, Math.min(finest, state.mmPerPixel()));
    renderer.paint(
        new PaneRenderer.Shot(
            pane.seriesProperty().get(),
            slice,
            state.withPlace(centre, mm),
            subject,
            null,
            null,
            true),
        System.nanoTime());
    name.setVisible(layers.showResolved());
  }
}
