#!/bin/sh
# Jalankan untuk memeriksa folder "masuk", atau jatuhkan berkas dan folder di atas berkas ini.
here=$(cd "$(dirname "$0")" && pwd) || exit 2
export ROSTERKIT_PROJECT="$here"

find_program() {
  for place in "$here/.venv" "$here/../.venv" "$here/../../.venv" "$here/../rosterkit/.venv"; do
    if [ -x "$place/bin/rosterkit" ]; then
      program="$place/bin/rosterkit"
      return 0
    fi
  done
  program=$(command -v rosterkit) && return 0
  program=python3 && python3 -m rosterkit --version >/dev/null 2>&1 && module=1
}

if find_program; then
  if [ -n "$module" ]; then "$program" -m rosterkit check "$@"; else "$program" check "$@"; fi
  code=$?
else
  echo "rosterkit tidak ditemukan di komputer ini. Pasang dulu, lalu coba lagi."
  code=2
fi
if [ -t 0 ] && [ -t 1 ]; then
  printf '\nTekan Enter untuk menutup. '
  read -r _
fi
exit "$code"
