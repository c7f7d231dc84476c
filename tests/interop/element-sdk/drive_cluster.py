"""Walks the vendor's guide with the vendor's SDK and prints what it saw as JSON.

drive_cluster.py < {"host", "port", "username", "password", "authority": {"certificate", "privateKey"}, "keyServerPort"}
"""

import json
import sys
import time

from administrator import connect, create_key_server, rekey
from solidfire.common import ApiConnectionError, ApiServerError


def refused(call) -> str:
    """Name of the error that the call ends in."""
    try:
        call()
    except ApiServerError as error:
        return error.error_name
    raise AssertionError("the call was not refused")


def bad_password(given: dict) -> str:
    try:
        connect(given, "wrong").get_cluster_info()
    except ApiConnectionError as error:
        return str(error)
    raise AssertionError("a wrong password was accepted")


def encryption(element) -> dict:
    info = element.get_software_encryption_at_rest_info()
    key = info.master_key_info
    return {
        "state": info.state,
        "version": info.version,
        "keyID": str(key.key_id),
        "keyManagementType": key.key_management_type,
        "keyProviderID": key.key_provider_id,
        "rekeyMasterKeyAsyncResultID": info.rekey_master_key_async_result_id,
    }


def walk(given: dict) -> dict:
    seen: dict = {"badPassword": bad_password(given)}
    element = connect(given, given["password"])
    seen["api"] = element.get_api().current_version
    seen["version"] = element.get_cluster_version_info().cluster_apiversion
    seen["uuid"] = str(element.get_cluster_info().cluster_info.uuid)
    seen["before"] = encryption(element)
    seen["requestWithoutPair"] = refused(element.get_client_certificate_sign_request)

    element.create_public_private_key_pair(common_name="cluster", organization="Example", country="DE")
    provider = element.create_key_provider_kmip("provider").kmip_key_provider
    seen["emptyProvider"] = refused(lambda: element.test_key_provider_kmip(provider.key_provider_id))
    server = create_key_server(element, given)
    seen["created"] = {
        "server": [server.key_provider_id, server.kmip_assigned_provider_is_active],
        "provider": [provider.key_provider_is_active, provider.key_server_ids],
    }
    element.test_key_server_kmip(server.key_server_id)
    element.add_key_server_to_provider_kmip(provider.key_provider_id, server.key_server_id)
    element.test_key_provider_kmip(provider.key_provider_id)
    seen["unknownServer"] = refused(lambda: element.get_key_server_kmip(999))
    seen["wrongPort"] = refused(
        lambda: element.modify_key_server_kmip(server.key_server_id, kmip_key_server_port=1)
    )

    external = {"key_management_type": "External", "key_provider_id": provider.key_provider_id}
    seen["withoutProvider"] = refused(
        lambda: element.rekey_software_encryption_at_rest_master_key(key_management_type="External")
    )
    seen["rekey"] = rekey(element, **external)
    seen["external"] = encryption(element)
    listed = element.list_key_servers_kmip(kmip_assigned_provider_is_active=True).kmip_key_servers
    seen["active"] = [listed_server.key_server_id for listed_server in listed]
    seen["deleteActive"] = refused(lambda: element.delete_key_provider_kmip(provider.key_provider_id))
    seen["handles"] = [
        [handle.completed, handle.success] for handle in element.list_async_results().async_handles
    ]
    element.get_async_result(seen["rekey"]["handle"])
    seen["purged"] = refused(lambda: element.get_async_result(seen["rekey"]["handle"]))

    element.enable_encryption_at_rest(key_provider_id=provider.key_provider_id)
    while element.get_cluster_info().cluster_info.encryption_at_rest_state != "enabled":
        time.sleep(0.05)
    hardware = element.get_encryption_at_rest_info()
    drives = element.list_drives().drives
    seen["hardware"] = {
        "keyProviderID": hardware.authentication_key_info.key_provider_id,
        "drives": sorted({str(drive.key_id) == str(hardware.authentication_key_info.key_id) for drive in drives}),
    }
    element.disable_encryption_at_rest()
    while element.get_cluster_info().cluster_info.encryption_at_rest_state != "disabled":
        time.sleep(0.05)

    rekey(element, key_management_type="Internal")
    seen["after"] = encryption(element)
    seen["faults"] = [fault.code for fault in element.list_cluster_faults().faults]
    element.remove_key_server_from_provider_kmip(server.key_server_id)
    element.delete_key_server_kmip(server.key_server_id)
    element.delete_key_provider_kmip(provider.key_provider_id)
    seen["left"] = [
        len(element.list_key_servers_kmip().kmip_key_servers),
        len(element.list_key_providers_kmip().kmip_key_providers),
    ]
    seen["unknownMethod"] = refused(lambda: element.invoke_sfapi("NoSuchMethod", {}))
    return seen


print(json.dumps(walk(json.load(sys.stdin))))
