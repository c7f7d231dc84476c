"""Walks a vCenter's trusted key providers with VMware's own bindings, from the session to the deleted provider."""

import json
import sys
import time

from com.vmware.cis_client import Session, Tasks
from com.vmware.vapi.std import errors_client as errors
from com.vmware.vcenter.trusted_infrastructure.trust_authority_clusters.kms.providers.client_certificate_client import Csr
from com.vmware.vcenter.trusted_infrastructure.trust_authority_clusters.kms.providers_client import (
    ClientCertificate,
    Credential,
    CurrentPeerCertificates,
    TrustedPeerCertificates,
)
from com.vmware.vcenter.trusted_infrastructure.trust_authority_clusters.kms_client import Providers, ServiceStatus
from com.vmware.vcenter.trusted_infrastructure_client import NetworkAddress, TrustAuthorityClusters
from com.vmware.vcenter.trusted_infrastructure.kms_client import Services
from vmware.vapi.security.session import create_session_security_context
from vmware.vapi.security.user_password import create_user_password_security_context

from rest_bindings import completed, connect
from signing import sign

PROVIDER = "clkp"


def refused(call) -> str:
    try:
        call()
    except errors.Error as error:
        return type(error).__name__
    raise AssertionError("the call was not refused")


def walk(told: dict) -> dict:
    login = lambda password: connect(
        told["endpoint"], told["authorities"], create_user_password_security_context(told["username"], password)
    )
    seen = {"wrongPassword": refused(lambda: Session(login("wrong")).create())}
    token = Session(login(told["password"])).create()
    config = connect(told["endpoint"], told["authorities"], create_session_security_context(token))
    session = Session(config)
    seen["user"] = session.get().user == told["username"]
    cluster = told["cluster"]
    seen["clusters"] = [(each.cluster == cluster, each.state) for each in TrustAuthorityClusters(config).list()]
    status = completed(ServiceStatus(config).get_task(cluster))
    seen["service"] = [status.health, status.details]
    seen["services"] = Services(config).list(Services.FilterSpec())
    seen["unknownTask"] = refused(lambda: Tasks(config).get("none"))

    providers = Providers(config)
    server = lambda name, port: Providers.Server(name=name, address=NetworkAddress(hostname="127.0.0.1", port=port))
    spec = Providers.CreateSpec(
        provider=PROVIDER,
        master_key_id="8",
        key_server=Providers.KeyServerCreateSpec(
            type=Providers.KeyServerCreateSpec.Type.KMIP,
            description="vault",
            connection_timeout=5,
            kmip_server=Providers.KmipServerCreateSpec(servers=[server("kms", told["port"])], username="vc"),
        ),
    )
    seen["created"] = completed(providers.create_task(cluster, spec))
    seen["createdAgain"] = refused(lambda: providers.create_task(cluster, spec))
    seen["unknownCluster"] = refused(lambda: providers.list_task("domain-c1"))
    seen["credential"] = completed(Credential(config).set_task(cluster, PROVIDER, "hush"))

    def info() -> Providers.Info:
        return completed(providers.get_task(cluster, PROVIDER))

    def settled(health: str) -> list:
        """Which side trusts the other, of each server, once the health is known to be this."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            status = info().status
            if status.health == health:
                return [(each.client_trust_server, each.server_trust_client) for each in status.servers]
            time.sleep(0.05)
        raise AssertionError(f"the health is never {health}")

    first = info()
    kmip = first.key_server.kmip_server
    seen["info"] = [first.master_key_id, first.key_server.description, first.key_server.connection_timeout, kmip.username]
    seen["servers"] = [(each.name, each.address.hostname, each.address.port == told["port"]) for each in kmip.servers]
    seen["untrusted"] = settled("ERROR")

    client, csr = ClientCertificate(config), Csr(config)
    seen["noCertificate"] = refused(lambda: completed(client.get_task(cluster, PROVIDER)))
    current = completed(CurrentPeerCertificates(config).list_task(cluster, PROVIDER))
    seen["current"] = [(each.server_name, each.trusted, each.error_messages) for each in current]
    trusted = TrustedPeerCertificates(config)
    trust = lambda certificates: completed(
        trusted.update_task(cluster, PROVIDER, TrustedPeerCertificates.UpdateSpec(certificates=certificates))
    )
    seen["badTrust"] = refused(lambda: trust(["no PEM"]))
    trust([each.certificate for each in current])
    seen["trusted"] = len(completed(trusted.get_task(cluster, PROVIDER)).certificates)
    completed(client.create_task(cluster, PROVIDER))
    seen["selfSigned"] = settled("ERROR")

    lost = completed(csr.create_task(cluster, PROVIDER)).csr
    request = completed(csr.create_task(cluster, PROVIDER)).csr
    seen["request"] = completed(csr.get_task(cluster, PROVIDER)).csr == request
    use = lambda request: completed(
        client.update_task(
            cluster, PROVIDER, ClientCertificate.UpdateSpec(certificate=sign(told["authority"], request))
        )
    )
    seen["lostRequest"] = refused(lambda: use(lost))
    use(request)
    seen["signed"] = settled("OK")
    seen["listed"] = [(each.provider, each.health) for each in completed(providers.list_task(cluster))]

    change = Providers.UpdateSpec(
        master_key_id="9",
        key_server=Providers.KeyServerUpdateSpec(
            type=Providers.KeyServerUpdateSpec.Type.KMIP,
            kmip_server=Providers.KmipServerUpdateSpec(servers=[server("kms", told["port"]), server("down", 1)]),
        ),
    )
    completed(providers.update_task(cluster, PROVIDER, change))
    changed = info()
    seen["changed"] = [changed.master_key_id, changed.key_server.description, changed.key_server.kmip_server.username]
    seen["mixed"] = settled("WARNING")
    completed(providers.delete_task(cluster, PROVIDER))
    seen["deleted"] = refused(lambda: providers.get_task(cluster, PROVIDER))
    session.delete()
    seen["loggedOut"] = refused(session.get)
    return seen


print(json.dumps(walk(json.load(sys.stdin))))
