/** Opening studies from files, folders and zip archives, whatever their format. */
package org.loupe.study;
