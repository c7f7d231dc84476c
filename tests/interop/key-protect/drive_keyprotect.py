"""Walks a region with IBM's generated SDK and prints what it saw as JSON.

drive_keyprotect.py < {"endpoint", "iamEndpoint", "apiKey", "instance", "otherInstance", "certificate"}
"""

import io
import json

from ibm_cloud_sdk_core import ApiException
from ibm_cloud_sdk_core.authenticators import IAMAuthenticator
from keyprotect.ibm_key_protect_api_v2 import IbmKeyProtectApiV2
from walk import refused as refused_by, run, text_of

KEY = "application/vnd.ibm.kms.key+json"
ADAPTER = "application/vnd.ibm.kms.kmip_adapter+json"
CERTIFICATE = "application/vnd.ibm.kms.kmip_client_certificate+json"


def metadata(collection_type: str) -> dict:
    return {"collectionType": collection_type, "collectionTotal": 1}


def refused(call) -> list:
    return refused_by(call, ApiException, lambda error: error.http_response)


def connect(given: dict, api_key: str) -> IbmKeyProtectApiV2:
    service = IbmKeyProtectApiV2(authenticator=IAMAuthenticator(api_key, url=given["iamEndpoint"]))
    service.set_service_url(given["endpoint"])
    return service


def body(response) -> dict:
    """The SDK reads JSON of the plain media type alone, and leaves IBM's own to the caller."""
    result = response.get_result()
    return result if isinstance(result, dict) else result.json()


def only(response) -> dict:
    [resource] = body(response)["resources"]
    return resource


def walk(given: dict) -> dict:
    instance = {"bluemix_instance": given["instance"]}
    service = connect(given, given["apiKey"])
    seen: dict = {"badApiKey": text_of(lambda: connect(given, "wrong").get_keys(**instance), ApiException)}
    seen["otherInstance"] = refused(lambda: service.get_keys(bluemix_instance="unknown"))

    def create_key(**fields):
        resource = {"type": KEY, "extractable": False, **fields}
        content = json.dumps({"metadata": metadata(KEY), "resources": [resource]}).encode()
        return service.create_key(key_create_body=io.BytesIO(content), prefer="return=representation", **instance)

    seen["badKey"] = refused(lambda: create_key(name="x"))
    key = only(create_key(name="crk", aliases=["crk"]))
    seen["key"] = [key["state"], key["extractable"], key["keyRingID"]]
    seen["keys"] = [each["id"] == key["id"] for each in body(service.get_keys(**instance))["resources"]]
    seen["isolated"] = body(service.get_keys(bluemix_instance=given["otherInstance"]))["resources"]

    def create_adapter(crk_id):
        resource = {"name": "storage", "profile": "native_1.0", "profile_data": {"crk_id": crk_id}}
        return service.create_kmip_adapter(metadata=metadata(ADAPTER), resources=[resource], **instance)

    seen["unknownRootKey"] = refused(lambda: create_adapter("unknown"))
    adapter = only(create_adapter(key["id"]))
    seen["adapter"] = [adapter["name"], adapter["description"], adapter["profile_data"]["crk_id"] == key["id"]]
    seen["duplicateAdapter"] = refused(lambda: create_adapter(key["id"]))
    seen["duplicateText"] = text_of(lambda: create_adapter(key["id"]), ApiException)
    seen["adapterByName"] = only(service.get_kmip_adapter(id="storage", **instance)) == adapter
    listed = body(service.get_kmip_adapters(total_count=True, crk_id=key["id"], **instance))["metadata"]
    seen["adapters"] = [listed["collectionTotal"], listed["totalCount"]]

    def add_certificate(certificate, name):
        resource = {"certificate": certificate, "name": name}
        return service.add_kmip_client_certificate(
            adapter_id="storage", metadata=metadata(CERTIFICATE), resources=[resource], **instance
        )

    seen["badCertificate"] = refused(lambda: add_certificate("no PEM", "bad"))
    certificate = only(add_certificate(given["certificate"], "client"))
    seen["certificate"] = [certificate["name"], certificate["certificate"] == given["certificate"]]
    seen["duplicateCertificate"] = refused(lambda: add_certificate(given["certificate"], "other"))
    in_adapter = {"adapter_id": adapter["id"], **instance}
    certificates = body(service.get_kmip_client_certificates(**in_adapter))["resources"]
    seen["certificates"] = [[each["name"], "certificate" in each] for each in certificates]
    seen["certificateByName"] = only(service.get_kmip_client_certificate(id="client", **in_adapter)) == certificate

    def objects(**query):
        answer = body(service.get_kmip_objects(total_count=True, **in_adapter, **query))
        assert answer["metadata"]["totalCount"] == len(answer["resources"])
        return answer["resources"]

    active, deactivated = objects()
    seen["objects"] = [[each["state"], each["created_by_kmip_client_cert_id"] == certificate["id"]] for each in objects()]
    seen["filtered"] = [each["state"] for each in objects(state=[3, 4])]
    seen["adapterInUse"] = refused(lambda: service.delete_kmip_adapter(id="storage", **instance))
    seen["activeObject"] = refused(lambda: service.delete_kmip_object(id=active["id"], **in_adapter))
    service.delete_kmip_object(id=active["id"], force=True, **in_adapter)
    seen["destroyed"] = only(service.get_kmip_object(id=active["id"], **in_adapter))["state"]
    seen["destroyedObject"] = refused(lambda: service.delete_kmip_object(id=active["id"], force=True, **in_adapter))
    service.delete_kmip_object(id=deactivated["id"], **in_adapter)
    seen["left"] = objects()

    def rotate():
        return service.rotate_key(id="crk", key_action_rotate_body=io.BytesIO(b"{}"), **instance)

    rotate()
    seen["rotated"] = only(service.get_key_metadata(id="crk", **instance))["keyVersion"] != key["keyVersion"]
    seen["rotatedAgain"] = refused(rotate)
    seen["rootKeyInUse"] = refused(lambda: service.delete_key(id=key["id"], **instance))
    service.delete_kmip_client_certificate(id="client", **in_adapter)
    seen["certificateGone"] = refused(lambda: service.get_kmip_client_certificate(id="client", **in_adapter))
    service.delete_kmip_adapter(id=adapter["id"], **instance)
    seen["adapterGone"] = refused(lambda: service.get_kmip_adapter(id="storage", **instance))
    service.disable_key(id=key["id"], **instance)
    seen["suspended"] = only(service.get_key(id=key["id"], **instance))["state"]
    deleted = only(service.delete_key(id=key["id"], prefer="return=representation", **instance))
    seen["deleted"] = [deleted["state"], deleted["deleted"]]
    seen["deletedKey"] = refused(lambda: service.delete_key(id=key["id"], **instance))
    return seen


run(walk)
