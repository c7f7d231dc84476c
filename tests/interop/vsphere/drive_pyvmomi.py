"""Walks a vCenter's standard key providers with pyVmomi, from the login to the unregistered provider."""

import json
import ssl
import sys
import time

from pyVim.connect import Disconnect, SmartConnect
from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

from signing import sign

Kmip = vim.encryption.CryptoManagerKmip
PROVIDER = vim.encryption.KeyProviderId(id="standard & co")


def refused(call) -> list:
    try:
        call()
    except vmodl.MethodFault as fault:
        return [type(fault).__name__, fault.msg]
    raise AssertionError("the call was not refused")


def walk(told: dict) -> dict:
    host, port = told["endpoint"].removeprefix("https://").split(":")
    context = ssl.create_default_context(cafile=told["authorities"])
    login = lambda password: SmartConnect(
        host=host, port=int(port), user=told["username"], pwd=password, sslContext=context
    )
    seen = {"wrongPassword": refused(lambda: login("wrong"))}
    instance = login(told["password"])
    content = instance.RetrieveContent()
    seen["identity"] = content.about.instanceUuid == instance.content.about.instanceUuid == told["instanceUuid"]
    seen["version"] = [content.about.apiVersion, instance._stub.version]
    manager = content.cryptoManager
    seen["enabled"] = [manager.enabled, manager.kmipServers]

    info = lambda name, port: vim.encryption.KmipServerInfo(name=name, address="127.0.0.1", port=port, userName="vc")
    spec = lambda *server: vim.encryption.KmipServerSpec(clusterId=PROVIDER, info=info(*server), password="hush")
    manager.RegisterKmipServer(spec("kms", told["port"]))
    seen["registeredAgain"] = refused(lambda: manager.RegisterKmipServer(spec("kms", 1)))
    seen["unnamed"] = refused(lambda: manager.RegisterKmipServer(spec("", 1)))
    listed = manager.ListKmipServers()
    seen["listed"] = [(each.clusterId.id, each.managementType, each.useAsDefault) for each in listed]
    seen["servers"] = [(each.name, each.address, each.userName) for each in listed[0].servers]

    def settled(colour: str) -> list:
        """Which side trusts the other, of each server, once the status is known to be this."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            task = manager.RetrieveKmipServersStatus_Task(manager.ListKmipServers())
            WaitForTask(task)
            [status] = task.info.result
            if status.overallStatus == colour:
                return [(each.name, each.clientTrustServer, each.serverTrustClient) for each in status.servers]
            time.sleep(0.05)
        raise AssertionError(f"the status is never {colour}")

    seen["untrusted"] = settled("red")
    presented = manager.RetrieveKmipServerCert(PROVIDER, info("kms", told["port"]))
    seen["presented"] = [presented.clientTrustServer, "CN=key server" in presented.certInfo.subject]
    seen["unreachable"] = refused(lambda: manager.RetrieveKmipServerCert(PROVIDER, info("kms", 1)))[0]
    manager.UploadKmipServerCert(PROVIDER, presented.certificate)

    subject = Kmip.CertSignRequest(commonName="vcenter", organization="Lab", country="DE")
    generated = manager.GenerateSelfSignedClientCert(PROVIDER, subject)
    seen["selfSigned"] = manager.RetrieveSelfSignedClientCert(PROVIDER) == generated
    manager.UpdateSelfSignedClientCert(PROVIDER, generated)
    seen["inUse"] = manager.RetrieveClientCert(PROVIDER) == generated
    seen["stranger"] = settled("red")
    lost = manager.GenerateClientCsr(PROVIDER)
    request = manager.GenerateClientCsr(PROVIDER, subject)
    seen["request"] = manager.RetrieveClientCsr(PROVIDER) == request
    use = lambda request: manager.UpdateKmsSignedCsrClientCert(PROVIDER, sign(told["authority"], request))
    seen["lostRequest"] = refused(lambda: use(lost))[0]
    use(request)
    seen["signed"] = settled("green")
    seen["active"] = manager.IsKmsClusterActive(PROVIDER)

    seen["noDefault"] = manager.GetDefaultKmsCluster()
    manager.MarkDefault(PROVIDER)
    seen["default"] = manager.GetDefaultKmsCluster().id
    keys = manager.ListKeys()
    [first, *others] = manager.QueryCryptoKeyStatus(keys, 15)
    seen["keys"] = [len(keys), first.keyAvailable, [each.name for each in first.encryptedVMs]]
    seen["hosts"] = [[host.name for host in each.affectedHosts] for each in others]
    view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
    seen["machines"] = [(each.name, each.config.keyId is not None) for each in view.view]
    view.DestroyView()
    made = manager.GenerateKey(PROVIDER)
    seen["made"] = [made.success, made.keyId.providerId.id]
    seen["removed"] = [each.success for each in manager.RemoveKeys([made.keyId, keys[0]], False)]
    manager.RegisterKmipServer(spec("down", 1))
    seen["mixed"] = settled("yellow")
    manager.RemoveKmipServer(PROVIDER, "down")
    manager.UnregisterKmsCluster(PROVIDER)
    seen["unregistered"] = refused(lambda: manager.UnregisterKmsCluster(PROVIDER))
    seen["left"] = manager.ListKmipServers()
    Disconnect(instance)
    seen["loggedOut"] = refused(manager.ListKmipServers)[0]
    return seen


print(json.dumps(walk(json.load(sys.stdin)), default=list))
