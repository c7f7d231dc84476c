. "${0%/*}/element.sh"

provider=$(<key-provider-id)
call AddKeyServerToProviderKmip "{\"keyProviderID\":$provider,\"keyServerID\":$(<key-server-id)}"
call TestKeyProviderKmip "{\"keyProviderID\":$provider}"
