"""An authority that signs the requests of a vCenter."""

import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization


def sign(authority: dict, request: str) -> str:
    csr = x509.load_pem_x509_csr(request.encode())
    assert csr.is_signature_valid, "the request is not signed by its own key"
    issuer = x509.load_pem_x509_certificate(authority["certificate"].encode())
    key = serialization.load_pem_private_key(authority["privateKey"].encode(), None)
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(csr.subject)
        .issuer_name(issuer.subject)
        .public_key(csr.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=90))
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
