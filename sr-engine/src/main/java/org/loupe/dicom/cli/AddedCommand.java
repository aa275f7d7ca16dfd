package org.loupe.dicom.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code loupe dicom} that a jar on the class path adds, as a service: a picocli
 * command whose call gives the exit status.
 */
public interface AddedCommand extends Callable<Integer> {}
