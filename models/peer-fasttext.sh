#!/usr/bin/env bash
# Trains and judges fastText on exactly the splits our classifier was judged on:
#   classifier train … --splits DIR, then models/peer-fasttext.sh DIR
# Needs fasttext (Debian package fasttext) and awk. Prints weighted and macro F1 per setting; the best setting is the peer.
set -euo pipefail
dir=${1:?directory written by classifier train --splits}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

score() { # gold and predicted labels, one pair a line
  awk '{n++; there[$1]++; said[$2]++; if ($1==$2) right[$1]++}
    END {for (c in there) {p=said[c]?right[c]/said[c]:0; r=right[c]/there[c]; f=(p+r)?2*p*r/(p+r):0; w+=f*there[c]/n; m+=f; k++}
         printf "weighted F1 %.4f  macro F1 %.4f  (%d posts)\n", w, m/k, n}'
}

judge() { # task, setting, splits…
  local task=$1 setting=$2; shift 2
  : > "$work/pairs"
  for split in "$@"; do
    # shellcheck disable=SC2086
    fasttext supervised -input "$dir/$task.$split.train" -output "$work/model" -thread 1 -seed 1 -bucket 500000 -verbose 0 $setting >/dev/null 2>&1
    paste <(cut -d' ' -f1 "$dir/$task.$split.test") <(fasttext predict "$work/model.bin" "$dir/$task.$split.test") >> "$work/pairs"
  done
  printf '%-12s %-62s ' "$task" "$setting"; score < "$work/pairs"
}

groups="group0 group1 group2 group3 group4"
for setting in "-dim 50 -wordNgrams 2 -lr 0.5 -epoch 5" "-dim 50 -wordNgrams 2 -minn 3 -maxn 5 -lr 0.1 -epoch 5" "-dim 50 -wordNgrams 2 -minn 3 -maxn 5 -lr 0.1 -epoch 10"; do
  # shellcheck disable=SC2086
  judge informative "$setting" $groups
  judge informative "$setting" held-out
done
for setting in "-dim 50 -wordNgrams 1 -lr 0.5 -epoch 10" "-dim 50 -wordNgrams 2 -lr 0.5 -epoch 25" "-dim 50 -wordNgrams 2 -minn 3 -maxn 5 -lr 0.5 -epoch 25"; do
  judge category "$setting" held-out
  # shellcheck disable=SC2086
  judge category "$setting" $groups
done
