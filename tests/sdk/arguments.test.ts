import * as pulumi from "@pulumi/pulumi";
import { element, Provider, pki } from "../../sdk";

/** As JavaScript gives them, with nobody to look at their types. */
const args = (given: object) => given as never;

test.each<[string, () => unknown, string]>([
  [
    "one letter less",
    () => new element.MasterKey("main", args({ rotationTrigger: { year: "2027" } })),
    'element.MasterKey "main": there is no argument "rotationTrigger": did you mean "rotationTriggers"? It has cluster, attachment, keyProvider,',
  ],
  [
    "the name of another language",
    () => new element.KeyServer("main", args({ ca_certificate: "" })),
    'element.KeyServer "main": there is no argument "ca_certificate": did you mean "caCertificate"?',
  ],
  [
    "one that is like no other",
    () => new element.KeyProvider("main", args({ xyzzy: 1 })),
    'element.KeyProvider "main": there is no argument "xyzzy". It has cluster, name, adopt.',
  ],
  [
    "one that every object has",
    () => new element.KeyPair("main", args({ toString: "x" })),
    'element.KeyPair "main": there is no argument "toString".',
  ],
  ["a request's", () => new element.CertificateSigningRequest("main", args({ keypair: {} })), '"keyPair"?'],
  ["an attachment's", () => new element.KeyServerAttachment("main", args({ provider: {} })), '"keyProvider"?'],
  ["hardware encryption's", () => new element.HardwareEncryption("main", args({ takeover: true })), '"takeOver"?'],
  ["a recovery's", () => new element.DriveRecovery("main", args({ drive: [1] })), '"drives"?'],
  ["a fleet's", () => new element.Fleet("main", args({ cluster: [] })), '"clusters"?'],
  ["an authority's", () => new pki.CertificateAuthority("main", args({ bits: 1 })), '"rsaBits"?'],
  ["a certificate's", () => new pki.SignedCertificate("main", args({ validity: 1 })), '"validityDays"?'],
  [
    "the component's",
    () => new element.ExternalKeyManagement("main", args({ keyserver: {} })),
    'element.ExternalKeyManagement "main": there is no argument "keyserver": did you mean "keyServer"?',
  ],
  [
    "one inside of the component's",
    () => new element.ExternalKeyManagement("main", args({ masterKey: { maxage: "90d" } })),
    'there is no argument "masterKey.maxage": did you mean "maxAge"? "masterKey" has rotationTriggers, maxAge,',
  ],
  [
    "one inside of the component's key server",
    () => new element.ExternalKeyManagement("main", args({ keyServer: { hostname: "x" } })),
    'there is no argument "keyServer.hostname": did you mean "hostnames"?',
  ],
  ["a provider's", () => new Provider("east", args({ cluster: {} })), '"clusters"?'],
  [
    "one of a provider's connection",
    () => new Provider("east", { clusters: { default: args({ endpoint: "x", fingerprint: "y" }) } }),
    'ekm.Provider "east": there is no argument "clusters.default.fingerprint": did you mean "fingerprint256"?',
  ],
])("an argument that a class does not have is refused with the nearest one: %s", (_, declare, words) => {
  expect(declare).toThrow(pulumi.RunError);
  expect(declare).toThrow(words);
});
