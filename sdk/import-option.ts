import * as pulumi from "@pulumi/pulumi";
import { nameIn } from "../provider/adapters/pulumi/resource-type";
import type { ResourceToken } from "../provider/systems/registry";

const adoptMatch = () => 'give the argument adopt: "match" instead';
const adoptId = (id: string) => `give the argument adopt: ${JSON.stringify(id)} instead`;

/** What takes the place of the resource option `import`, for the object of an id. */
export const INSTEAD_OF_IMPORT: Readonly<Record<ResourceToken, (id: string) => string>> = {
  "element:KeyPair": adoptMatch,
  "element:CertificateSigningRequest": () => "leave it out: the request is read from the cluster anyway",
  "element:KeyServer": adoptId,
  "element:KeyProvider": adoptId,
  "element:KeyServerAttachment": adoptMatch,
  "element:MasterKey": adoptMatch,
  "element:HardwareEncryption": adoptMatch,
  "element:DriveRecovery": () => "leave it out: a recovery is an action, and leaves nothing to take over",
  "element:Fleet": () => "leave it out: a fleet is no object on a cluster",
  "keyprotect:RootKey": adoptId,
  "keyprotect:KmipAdapter": adoptId,
  "keyprotect:KmipClientCertificate": adoptMatch,
  "keyprotect:KmipAdapterClients": () => "leave it out: it takes the clients as they are",
  "pki:CertificateAuthority": () =>
    "sign with the certificate and the private key of an existing authority, which pki.SignedCertificate takes as texts",
  "pki:SignedCertificate": () => "give the text of an existing certificate wherever its certificate is wanted",
};

/** The resources of a component are taken over one by one or not at all. */
export const INSTEAD_OF_IMPORT_OF_COMPONENT = "declare the single resources, which have the argument adopt, instead";

/**
 * Refuses the resource option `import`. The engine would read the resource without telling which one it is, which no
 * dynamic provider survives.
 */
export function refuseImport(token: ResourceToken, name: string, id: pulumi.ID | undefined): void {
  if (id !== undefined) throw refused(nameIn(token), name, INSTEAD_OF_IMPORT[token](String(id)));
}

/** The same for a component. */
export function refuseImportOfComponent(type: string, name: string, opts: object = {}): void {
  if ((opts as pulumi.CustomResourceOptions).import === undefined) return;
  throw refused(type, name, INSTEAD_OF_IMPORT_OF_COMPONENT);
}

const refused = (type: string, name: string, instead: string) =>
  new pulumi.RunError(
    `${type} "${name}": the resource option "import", like the command "pulumi import", does not work with dynamic ` +
      `providers: ${instead} ("ekm import" writes a program that takes over all that a cluster has)`,
  );
