"""Takes a fleet of clusters from internal keys to master keys on a key server, with the vendor's SDK alone.

set_up_fleet.py < {"clusters": [{"name", "endpoint", "username", "password"}],
                   "keyServer": {"host", "port"}, "authority": {"certificate", "privateKey"}}
"""

import json
import logging
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from solidfire.factory import ElementFactory

logging.disable(logging.CRITICAL)

MOST_WORKERS = 32

# The SDK has no waiter, so its users write the loop. The vendor's own Ansible collection (na_elementsw_backup, on this
# SDK) sleeps two seconds before each look; half of that is the quicker habit of scripts.
SECONDS_BEFORE_LOOK = 1


class Authority:
    """Signs with openssl: the cryptography package refuses the version number that Element 11.7 puts into requests."""

    def __init__(self, given: dict, folder: str):
        self.certificate = given["certificate"]
        self.folder = folder
        Path(folder, "ca.pem").write_text(given["certificate"])
        Path(folder, "ca.key").write_text(given["privateKey"])

    def sign(self, request: str) -> str:
        authority = ["-CA", "ca.pem", "-CAkey", "ca.key"]
        command = ["openssl", "x509", "-req", *authority, "-copy_extensions", "copy", "-days", "90"]
        signed = subprocess.run(command, input=request, cwd=self.folder, capture_output=True, text=True, check=True)
        return signed.stdout


def connect(cluster: dict):
    """Unverified, as is the SDK's default: it refuses to verify a cluster that is named by its IP address."""
    address = urlsplit(cluster["endpoint"])
    return ElementFactory.create(
        address.hostname, cluster["username"], cluster["password"], port=address.port, print_ascii_art=False
    )


def wait(element, handle: int) -> None:
    while True:
        time.sleep(SECONDS_BEFORE_LOOK)
        job = element.get_async_result(handle, keep_result=True)
        if job["status"] == "complete":
            break
    if "error" in job:
        raise RuntimeError(f"the rekey failed: {job['error']}")


def set_up(cluster: dict, key_server: dict, authority: Authority) -> None:
    element = connect(cluster)
    element.create_public_private_key_pair(common_name=cluster["name"])
    request = element.get_client_certificate_sign_request().client_certificate_sign_request
    server_id = element.create_key_server_kmip(
        authority.certificate, authority.sign(request), [key_server["host"]], "key server", key_server["port"]
    ).kmip_key_server.key_server_id
    element.test_key_server_kmip(server_id)
    provider_id = element.create_key_provider_kmip("key provider").kmip_key_provider.key_provider_id
    element.add_key_server_to_provider_kmip(provider_id, server_id)
    element.test_key_provider_kmip(provider_id)
    wait(element, element.rekey_software_encryption_at_rest_master_key("External", provider_id).async_handle)


def main(fleet: dict) -> None:
    clusters = fleet["clusters"]
    workers = min(len(clusters), MOST_WORKERS)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        authority = Authority(fleet["authority"], folder)
        jobs = [pool.submit(set_up, cluster, fleet["keyServer"], authority) for cluster in clusters]
        outcomes = [(cluster["name"], job.exception()) for cluster, job in zip(clusters, jobs)]
    failures = [f"{name}: {error}" for name, error in outcomes if error]
    if failures:
        sys.exit("\n".join(failures))


main(json.load(sys.stdin))
