. "${0%/*}/element.sh"

call CreateKeyProviderKmip '{"keyProviderName":"key provider"}' | jq .kmipKeyProvider.keyProviderID >key-provider-id
