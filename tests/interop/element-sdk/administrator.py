"""What an administrator does with the vendor's SDK."""

import logging
import subprocess
import tempfile
import time
from pathlib import Path

from solidfire.factory import ElementFactory

logging.disable(logging.CRITICAL)


def connect(given: dict, password: str):
    return ElementFactory.create(
        given["host"], given["username"], password, port=given["port"], print_ascii_art=False
    )


def sign(request: str, authority: dict) -> str:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ca.pem").write_text(authority["certificate"])
        Path(folder, "ca.key").write_text(authority["privateKey"])
        command = ["openssl", "x509", "-req", "-CA", "ca.pem", "-CAkey", "ca.key", "-copy_extensions", "copy", "-days", "90"]
        signed = subprocess.run(command, input=request, cwd=folder, capture_output=True, text=True, check=True)
    return signed.stdout


def create_key_server(element, given: dict):
    """A key server with a certificate for the cluster's key pair."""
    request = element.get_client_certificate_sign_request().client_certificate_sign_request
    return element.create_key_server_kmip(
        given["authority"]["certificate"],
        sign(request, given["authority"]),
        ["127.0.0.1"],
        "key server",
        given["keyServerPort"],
    ).kmip_key_server


def rekey(element, **target) -> dict:
    handle = element.rekey_software_encryption_at_rest_master_key(**target).async_handle
    while True:
        result = element.get_async_result(handle, keep_result=True)
        if result["status"] == "complete":
            return {"handle": handle, "result": result}
        time.sleep(0.05)
