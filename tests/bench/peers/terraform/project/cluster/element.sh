# What every step begins with.
set -euo pipefail
cd "$FOLDER"

# call METHOD PARAMS: the result on standard output, or an error. Everybody on a machine sees the arguments of
# processes, so curl is told the password on its standard input.
call() {
  printf 'user = "%s:%s"\n' "$USERNAME" "$PASSWORD" |
    curl --config - --silent --show-error --fail --cacert cluster.pem \
      --header "Content-Type: application/json" --data "{\"method\":\"$1\",\"params\":$2}" "$ENDPOINT/json-rpc/12.3" |
    jq --compact-output 'if .error then "\(.error.name): \(.error.message)\n" | halt_error else .result end'
}
