package org.loupe.dicom;

/**
 * A DICOM file as read.
 *
 * @param meta file meta information (group 0002); empty where the file has none
 * @param dataset the data set
 * @param syntax its transfer syntax: declared, or guessed where nothing is declared
 */
public record DicomFile(DicomDataset meta, DicomDataset dataset, TransferSyntax syntax) {}
