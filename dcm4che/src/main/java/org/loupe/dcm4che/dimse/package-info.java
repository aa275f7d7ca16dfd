/** An archive asked by DIMSE (PS3.7), and a receiver of what it sends, on dcm4che. */
package org.loupe.dcm4che.dimse;
