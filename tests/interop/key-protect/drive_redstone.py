"""Walks a region with redstone, which is written by hand, and prints what it saw as JSON.

drive_redstone.py < {"endpoint", "iamEndpoint", "apiKey", "instance", "otherInstance", "certificate", "authorities": FILE}
"""

from redstone.auth import TokenManager
from redstone.client import KeyProtect
from walk import refused as refused_by, run, text_of


def refused(call) -> list:
    return refused_by(call, KeyProtect.KeyProtectError, lambda error: error.http_error.response)


def connect(given: dict, instance: str, api_key: str) -> KeyProtect:
    credentials = TokenManager(api_key, iam_endpoint=given["iamEndpoint"])
    return KeyProtect(
        service_instance_id=instance,
        endpoint_url=given["endpoint"],
        verify=given["authorities"],
        credentials=credentials,
    )


def walk(given: dict) -> dict:
    def client(instance=given["instance"], api_key=given["apiKey"]):
        return connect(given, instance, api_key)

    service = client()
    seen: dict = {"badApiKey": text_of(client(api_key="wrong").list_keys, Exception)}
    seen["otherInstance"] = refused(client(instance="unknown").list_keys)
    seen["badKey"] = refused(lambda: service.create_key("x", root=True))
    key = service.create_key("crk", root=True, alias_list=["crk"])
    seen["key"] = [key["state"], key["extractable"], key["keyRingID"]]
    seen["keys"] = [each["id"] == key["id"] for each in service.list_keys()]
    seen["isolated"] = client(instance=given["otherInstance"]).list_keys()

    def create_adapter(crk_id):
        return service.kmip_adapter_create("native_1.0", {"crk_id": crk_id}, name="storage")

    seen["unknownRootKey"] = refused(lambda: create_adapter("unknown"))
    adapter = create_adapter(key["id"])
    seen["adapter"] = [adapter["name"], adapter["description"], adapter["profile_data"]["crk_id"] == key["id"]]
    seen["duplicateAdapter"] = refused(lambda: create_adapter(key["id"]))
    seen["duplicateText"] = text_of(lambda: create_adapter(key["id"]), KeyProtect.KeyProtectError)
    seen["adapterByName"] = service.kmip_adapter_get("storage") == adapter
    listed = service.kmip_adapter_list(show_total=True, filters={"crk_id": key["id"]})["metadata"]
    seen["adapters"] = [listed["collectionTotal"], listed["totalCount"]]

    seen["badCertificate"] = refused(lambda: service.kmip_cert_create("storage", "no PEM", "bad"))
    certificate = service.kmip_cert_create("storage", given["certificate"], "client")
    seen["certificate"] = [certificate["name"], certificate["certificate"] == given["certificate"]]
    seen["duplicateCertificate"] = refused(lambda: service.kmip_cert_create("storage", given["certificate"], "other"))
    certificates = service.kmip_cert_list(adapter["id"])["resources"]
    seen["certificates"] = [[each["name"], "certificate" in each] for each in certificates]
    seen["certificateByName"] = service.kmip_cert_get(adapter["id"], "client") == certificate

    def objects(**query):
        answer = service.kmip_object_list(adapter["id"], show_total=True, **query)
        assert answer["metadata"]["totalCount"] == len(answer["resources"])
        return answer["resources"]

    def force_delete(object_id):
        # The library knows no force; its session sends it as Python spells it.
        url = f"{given['endpoint']}/api/v2/kmip_adapters/storage/kmip_objects/{object_id}"
        response = service.session.delete(url, params={"force": True})
        service._validate_resp(response)

    active, deactivated = objects()
    seen["objects"] = [[each["state"], each["created_by_kmip_client_cert_id"] == certificate["id"]] for each in objects()]
    seen["filtered"] = [each["state"] for each in objects(state_filter=[3, 4])]
    seen["adapterInUse"] = refused(lambda: service.kmip_adapter_delete("storage"))
    seen["activeObject"] = refused(lambda: service.kmip_object_delete(adapter["id"], active["id"]))
    force_delete(active["id"])
    seen["destroyed"] = service.kmip_object_get(adapter["id"], active["id"])["state"]
    seen["destroyedObject"] = refused(lambda: force_delete(active["id"]))
    service.kmip_object_delete(adapter["id"], deactivated["id"])
    seen["left"] = objects()

    service.rotate_key("crk")
    seen["rotated"] = service.get_key("crk")["keyVersion"] != key["keyVersion"]
    seen["rotatedAgain"] = refused(lambda: service.rotate_key("crk"))
    seen["rootKeyInUse"] = refused(lambda: service.delete_key(key["id"]))
    service.kmip_cert_delete(adapter["id"], "client")
    seen["certificateGone"] = refused(lambda: service.kmip_cert_get(adapter["id"], "client"))
    service.kmip_adapter_delete(adapter["id"])
    seen["adapterGone"] = refused(lambda: service.kmip_adapter_get("storage"))
    service.disable_key(key["id"])
    seen["suspended"] = service.get_key(key["id"])["state"]
    service.delete_key(key["id"])
    deleted = service.get_key(key["id"])
    seen["deleted"] = [deleted["state"], deleted["deleted"]]
    seen["deletedKey"] = refused(lambda: service.delete_key(key["id"]))
    return seen


run(walk)
