. "${0%/*}/element.sh"

params=$(
  jq --null-input --compact-output --rawfile authority "$AUTHORITY.pem" --rawfile certificate certificate.pem \
    --arg host "$HOST" --argjson port "$PORT" '{
      kmipKeyServerName: "key server",
      kmipKeyServerHostnames: [$host],
      kmipKeyServerPort: $port,
      kmipCaCertificate: $authority,
      kmipClientCertificate: $certificate
    }'
)
call CreateKeyServerKmip "$params" | jq .kmipKeyServer.keyServerID >key-server-id
call TestKeyServerKmip "{\"keyServerID\":$(<key-server-id)}"
