"""Gives a cluster's master key to a key server with the vendor's SDK alone, and prints the objects' ids as JSON.

set_up_cluster.py < {"host", "port", "username", "password", "authority": {"certificate", "privateKey"}, "keyServerPort"}
"""

import json
import sys

from administrator import connect, create_key_server, rekey


def set_up(given: dict) -> dict:
    element = connect(given, given["password"])
    element.create_public_private_key_pair(common_name="storage-1", organization="Example", country="DE")
    server = create_key_server(element, given)
    provider = element.create_key_provider_kmip("key provider").kmip_key_provider
    element.add_key_server_to_provider_kmip(provider.key_provider_id, server.key_server_id)
    element.test_key_provider_kmip(provider.key_provider_id)
    rekey(element, key_management_type="External", key_provider_id=provider.key_provider_id)
    return {"keyServerID": server.key_server_id, "keyProviderID": provider.key_provider_id}


print(json.dumps(set_up(json.load(sys.stdin))))
