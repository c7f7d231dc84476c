. "${0%/*}/element.sh"

call GetClientCertificateSignRequest '{}' | jq --raw-output .clientCertificateSignRequest >request.pem
openssl x509 -req -in request.pem -CA "$AUTHORITY.pem" -CAkey "$AUTHORITY.key" -copy_extensions copy -days 90 \
  -out certificate.pem
