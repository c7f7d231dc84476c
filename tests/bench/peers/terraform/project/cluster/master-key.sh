. "${0%/*}/element.sh"

params="{\"keyManagementType\":\"External\",\"keyProviderID\":$(<key-provider-id)}"
handle=$(call RekeySoftwareEncryptionAtRestMasterKey "$params" | jq .asyncHandle)

status=running
while [ "$status" = running ]; do
  sleep 1
  job=$(call GetAsyncResult "{\"asyncHandle\":$handle,\"keepResult\":true}")
  status=$(jq --raw-output .status <<<"$job")
done
jq 'if .error then "\(.error.name): \(.error.message)\n" | halt_error else .result end' <<<"$job"
