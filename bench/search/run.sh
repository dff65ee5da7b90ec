#!/bin/bash
# Installs the peers, computes the tables, runs everything and writes the table and the picture.
#   bench/search/run.sh [SEEDS] [BUDGET] [SET]      (20 100 heldout)
# OPTIMIZERS=warmfold,gp,tpe,random leaves a peer out; PROBLEMS=file.py takes a Python file's PROBLEMS instead of SET.
# It can be interrupted at any time and goes on where it was.
set -euo pipefail
cd "$(dirname "$0")"
seeds=${1:-20} budget=${2:-100} set=${3:-heldout}
optimizers=${OPTIMIZERS:-warmfold,random,tpe,gp,hebo}
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1

[ -x .venv/bin/python ] || { $python -m venv .venv && .venv/bin/pip install -q -r requirements.txt; }
case ",$optimizers," in *,hebo,*)
  [ -x .venv-hebo/bin/python ] || { $python -m venv .venv-hebo && .venv-hebo/bin/pip install -q -r requirements-hebo.txt; } ;;
esac
[ -n "${PROBLEMS:-}" ] || .venv/bin/python tables.py

warmfold=${WARMFOLD:-../../warmfold suggest SPACE}
for pending in 1 8; do
  .venv/bin/python run.py --out out/results.jsonl --optimizers "$optimizers" --set "$set" ${PROBLEMS:+--problems "$PROBLEMS"} \
    --seeds "0:$seeds" --budget "$budget" --pending "$pending" --warmfold "$warmfold"
done
.venv/bin/python compare.py out/results.jsonl --n "30,50,$budget" | tee out/table.txt
.venv/bin/python picture.py out/results.jsonl out/search.png
