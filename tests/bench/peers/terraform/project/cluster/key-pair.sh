. "${0%/*}/element.sh"

call CreatePublicPrivateKeyPair "{\"commonName\":\"$NAME\"}"
