#!/bin/sh
# loupe [PATH...], loupe sr COMMAND, loupe dicom COMMAND
# libtorch warns of calls that the engine library makes; nobody here can act on that.
export TORCH_CPP_LOG_LEVEL="${TORCH_CPP_LOG_LEVEL:-ERROR}"
exec /opt/loupe/bin/Loupe "$@"
