package org.loupe.dicom;

/**
 * A DICOM file as read.
 *
 * @param meta file meta information (group 0002); empty where the file has none
 * @param dataset the data set: of a damaged file, what stands before the damage
 * @param syntax its transfer syntax: declared, or guessed where nothing is declared
 * @param damage what is wrong with the file and where; empty for a sound one
 */
public record DicomFile(
    DicomDataset meta, DicomDataset dataset, TransferSyntax syntax, String damage) {}
