"""Takes a key through its life with PyKMIP's client: drive_client.py HOST PORT CA CERT KEY [VERSION]...

Prints JSON of what it saw, by version; without versions it speaks all that it can.
"""

import json
import sys

from kmip import enums
from kmip.core.attributes import Name
from kmip.core.factories.attributes import AttributeFactory
from kmip.pie.client import ProxyKmipClient
from kmip.pie.exceptions import KmipOperationFailure

VERSIONS = {
    "1.0": enums.KMIPVersion.KMIP_1_0,
    "1.1": enums.KMIPVersion.KMIP_1_1,
    "1.2": enums.KMIPVersion.KMIP_1_2,
    "1.3": enums.KMIPVersion.KMIP_1_3,
    "1.4": enums.KMIPVersion.KMIP_1_4,
}


def failure(call, *arguments) -> str:
    try:
        call(*arguments)
    except KmipOperationFailure as error:
        return error.reason.name
    return "none"


def state(client: ProxyKmipClient, uid: str) -> str:
    _, attributes = client.get_attributes(uid, ["State"])
    return attributes[0].attribute_value.value.name


def attribute_names(client: ProxyKmipClient, uid: str):
    try:
        return client.get_attribute_list(uid)
    except KmipOperationFailure as error:
        return error.reason.name


def walk(client: ProxyKmipClient, name: str) -> dict:
    seen = {"states": []}
    uid = client.create(enums.CryptographicAlgorithm.AES, 256, name=name)
    seen["uid"] = uid
    seen["states"].append(state(client, uid))
    client.activate(uid)
    seen["states"].append(state(client, uid))
    key = client.get(uid)
    seen["key"] = key.value.hex()
    seen["algorithm"] = key.cryptographic_algorithm.name
    seen["length"] = key.cryptographic_length
    seen["attributeNames"] = attribute_names(client, uid)
    seen["located"] = client.locate(attributes=[name_attribute(name)])
    seen["destroyWhileActive"] = failure(client.destroy, uid)
    client.revoke(enums.RevocationReasonCode.CESSATION_OF_OPERATION, uid)
    seen["states"].append(state(client, uid))
    client.destroy(uid)
    seen["getAfterDestroy"] = failure(client.get, uid)
    return seen


def name_attribute(name: str):
    value = Name.create(name, enums.NameType.UNINTERPRETED_TEXT_STRING)
    return AttributeFactory().create_attribute(enums.AttributeType.NAME, value)


def main(host: str, port: str, ca: str, cert: str, key: str, *versions: str) -> None:
    client = ProxyKmipClient(hostname=host, port=int(port), ca=ca, cert=cert, key=key)
    walks = {}
    with client:
        for version in versions or VERSIONS:
            client.kmip_version = VERSIONS[version]
            walks[version] = walk(client, f"walk {version}")
    print(json.dumps(walks))


if __name__ == "__main__":
    main(*sys.argv[1:])
