#!/bin/sh
# Installs Aufruf from this folder; no network is needed: sudo ./install.sh [FOLDER]; without one /opt/aufruf.
# Called again, from the folder of a newer release, it updates what is there.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/aufruf}
python=python@MINOR@

[ "$(uname -m)" = "@PROCESSOR@" ] || { echo "This is for @PROCESSOR@; here is $(uname -m)." >&2; exit 1; }
command -v "$python" >/dev/null || { echo "$python is needed (Debian: apt install $python)." >&2; exit 1; }
(cd "$here" && sha256sum --check --strict --quiet SHA256SUMS) || { echo "A file is damaged: copy it again." >&2; exit 1; }

"$python" -I -m venv --without-pip "$target"
# pip runs from its own wheel: a machine without a network may lack it. No setting of this machine counts, such as an index.
pip=$(ls "$here"/wheels/pip-*.whl)
PIP_CONFIG_FILE=/dev/null "$target/bin/python" -I "$pip/pip" install --quiet --disable-pip-version-check \
  --no-index --find-links "$here/wheels" --upgrade --constraint "$here/constraints.txt" "aufruf[@EXTRAS@]"
"$target/bin/aufruf" --version
