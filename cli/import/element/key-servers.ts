import { PULUMI_WORDS } from "../../../provider/adapters/pulumi/words";
import { endSentence } from "../../../provider/core/errors";
import { reasonOf } from "../../../provider/core/lifecycle";
import { spoken } from "../../../provider/core/words";
import { publicKeyFingerprint } from "../../../provider/pki";
import { KMIP_PORT } from "../../../provider/systems/element/api/results";
import type { KeyServerKmip } from "../../../provider/systems/element/api/types";
import { examineKeyServer } from "../../../provider/systems/element/observed/key-server-arguments";
import { readableCertificates } from "../certificate-files";
import { logicalNames } from "../names";
import type { Declaration } from "../plan";
import { notDeclared, quoted, type Remark, remark } from "../remark";
import { CertificateFile, Reference } from "../value";
import type { ById, Draft } from "./draft";

/** Every key server that a program can declare; the others are remarked upon. */
export function planKeyServers(draft: Draft): ById {
  const { keyServers } = draft.inventory;
  const names = logicalNames(
    keyServers.map(({ keyServerID: id, kmipKeyServerName: name }) => ({ id, name })),
    "key-server",
  );
  const planned = new Map<number, Declaration>();
  for (const server of keyServers) {
    const declaration = planKeyServer(server, names.get(server.keyServerID) ?? "", draft);
    if (declaration !== undefined) planned.set(server.keyServerID, declaration);
  }
  return planned;
}

function planKeyServer(server: KeyServerKmip, logicalName: string, draft: Draft): Declaration | undefined {
  const { kmipKeyServerName: name, kmipKeyServerHostnames: hostnames, kmipKeyServerPort: port } = server;
  const caCertificate = readableCertificates(server.kmipCaCertificate);
  const clientCertificate = readableCertificates(server.kmipClientCertificate);
  const adopt = String(server.keyServerID);
  const declared = { name, hostnames, port, caCertificate, clientCertificate, adopt };
  const { failures, lines } = examineKeyServer({}, declared, draft.now);
  const ofName = failures.filter(({ property }) => property === "name");
  if (failures.length > ofName.length) {
    const reasons = failures.map(({ property, reason }) => `${property} ${reason}`.trim()).join("; ");
    draft.remarks.push(
      remark`${title(server)} is left out, because no program can declare it: ${endSentence(reasons)}`,
    );
    return undefined;
  }
  const isForKeyPair = publicKeyFingerprint(clientCertificate) === draft.inventory.keyPair?.publicKeyFingerprint;
  const file = (kind: string, pem: string) =>
    new CertificateFile(draft.certificates.add(`${logicalName}-${kind}.pem`, pem));
  return {
    resource: "KeyServer",
    variable: draft.variables.name(logicalName, "Server"),
    logicalName,
    args: {
      cluster: draft.cluster,
      name: ofName.length === 0 ? name : undefined,
      hostnames,
      port: port === KMIP_PORT ? undefined : port,
      caCertificate: file("ca", caCertificate),
      clientCertificate: file("client", clientCertificate),
      publicKeyFingerprint: isForKeyPair ? new Reference("keyPair", "publicKeyFingerprint") : undefined,
      adopt,
    },
    description: remark`${server.keyServerID} ${quoted(name)}, ${hostnames.join(", ")}, port ${port}`,
    remarks: [
      ...ofName.map((failure) => notDeclared("name", name, reasonOf(failure, PULUMI_WORDS))),
      ...lines.map(({ text }) => remark`${spoken(text, PULUMI_WORDS)}.`),
      ...remarksOn(server, isForKeyPair, draft.inventory.keyServerFailures.get(server.keyServerID)),
    ],
  };
}

function remarksOn(server: KeyServerKmip, isForKeyPair: boolean, failure: string | undefined): Remark[] {
  const remarks: Remark[] = [];
  if (server.keyProviderID === null) remarks.push(remark`${title(server)} belongs to no key provider.`);
  if (failure !== undefined) {
    remarks.push(
      remark`${title(server)} fails the cluster's test (${failure}): take it out of the program, or the first run fails until it passes.`,
    );
  }
  if (!isForKeyPair) {
    remarks.push(
      remark`${title(server)} has a client certificate that was not issued for the cluster's key pair: the key server refuses the cluster.`,
    );
  }
  return remarks;
}

/** A key server within a sentence. */
const title = ({ keyServerID, kmipKeyServerName }: KeyServerKmip): string =>
  `Key server ${keyServerID} ${quoted(kmipKeyServerName)}`;
