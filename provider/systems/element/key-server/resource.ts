import { canonicalHost } from "../../../core/endpoint";
import { adoptable, keepingAutoName, named } from "../../../core/ownership";
import {
  type ForeseenOf,
  type InputsOf,
  type OutputsOf,
  resource,
  versioned,
} from "../../../core/resource/description";
import { hostname, integer, listOf, pem, port, publicKeyFingerprint, truth } from "../../../core/resource/kinds";
import { certificateDescription } from "../../../pki/kinds";
import { ofCluster, onCluster, removingLeftovers } from "../on-cluster";

const hostnames = listOf(hostname, {
  atLeastOne: "host name",
  unique: { by: (host) => canonicalHost(String(host)), noun: "host" },
});

export const keyServerResource = resource({
  token: "element:KeyServer",
  doc:
    "A KMIP key server, as the cluster knows it. The cluster tests it after every change.\n\n" +
    "Deleting a key server that an active provider needs is refused.",
  calls: [
    {
      methods: [
        "CreateKeyServerKmip",
        "ModifyKeyServerKmip",
        "DeleteKeyServerKmip",
        "ListKeyServersKmip",
        "TestKeyServerKmip",
      ],
    },
    { purpose: "after a change of address", methods: ["ListClusterFaults"] },
    { purpose: "to compare the client certificate", methods: ["GetClientCertificateSignRequest"] },
    {
      purpose: "to see who holds keys on it",
      methods: ["ListKeyProvidersKmip", "GetSoftwareEncryptionAtRestInfo", "GetAsyncResult", "GetEncryptionAtRestInfo"],
    },
    { purpose: "before Element 12.3", methods: ["ListDrives"] },
    removingLeftovers,
  ],
  errors: [
    "EKM_KEY_SERVER_TEST",
    "EKM_CLIENT_CERTIFICATE_MISMATCH",
    "EKM_EQUAL_OBJECT_EXISTS",
    "EKM_AMBIGUOUS_OBJECT",
    "EKM_PROVIDER_ACTIVE",
    "EKM_KEY_UNAVAILABLE",
    "EKM_OBJECT_NOT_FOUND",
  ],
  deletesFirst: true,
  waits: ["delete"],
  arguments: {
    ...onCluster,
    ...named(
      "Name for display. Element's names are neither unique nor identifiers; an exact name leaves no mark by which this " +
        "resource would recognise its own object after a lost answer.",
    ),
    hostnames: {
      kind: hostnames,
      doc: "Host names or IP addresses, in any order. Several only when they are the nodes of one clustered key server.",
      output: "Host names or IP addresses.",
    },
    port: {
      kind: port,
      optional: true,
      usual: "5696",
      doc: "KMIP port.",
      output: "KMIP port; absent when it is the default of 5696.",
    },
    caCertificate: {
      kind: pem,
      secret: true,
      doc: "CA certificates (PEM) that sign the key server's own certificate. Previews show them in words.",
      output:
        "CA certificates that sign the key server's own certificate. Marked as a secret, to keep it out of previews.",
    },
    clientCertificate: {
      kind: pem,
      secret: true,
      doc:
        "The cluster's client certificate (PEM), issued for the cluster's own key pair by an authority that the key server " +
        "trusts. Where that authority is not a root, the authorities in between may follow, each after the certificate that " +
        "it issued: a key server that knows the root alone needs them. They are stored as given; whether a cluster presents " +
        "them to the key server is not documented by NetApp, and `TestKeyServerKmip` tells. Renewed in place: no new key " +
        "pair, no rekey.",
      output: "The cluster's client certificate. Marked as a secret, to keep it out of previews.",
    },
    publicKeyFingerprint: {
      kind: publicKeyFingerprint,
      optional: true,
      unseen: true,
      doc: "`publicKeyFingerprint` of the cluster's {@link KeyPair}. With it, a wrong client certificate fails at plan time.",
    },
    ...adoptable(
      'Id of an existing key server to take over, or `"match"` for the server that equals the declared one. What differs ' +
        "from the declaration is changed; what is equal is left alone, weak and expired certificates too.",
    ),
  },
  kept: keepingAutoName,
  foreseen: {
    clientCertificateDescription: {
      kind: certificateDescription,
      optional: true,
      doc: "The client certificate in words: subject, issuer, serial number, validity, fingerprint.",
    },
    clientCertificateIssuerDescriptions: {
      kind: listOf(certificateDescription),
      optional: true,
      doc: "The authorities that follow the client certificate, in words; absent where none does.",
    },
    caCertificateDescriptions: {
      kind: listOf(certificateDescription),
      optional: true,
      doc: "The certificates of `caCertificate` in words.",
    },
  },
  expected: { tested: { kind: truth, doc: "The cluster reached the server and could use it." } },
  outputs: {
    ...ofCluster,
    keyServerID: {
      kind: integer(1),
      stable: true,
      doc: "The cluster's id of the server; the resource's id is the same as text.",
    },
  },
  internal: versioned,
});

/** Beside the PEM texts, for whoever reads a preview. */
export type CertificatesInWords = ForeseenOf<typeof keyServerResource>;
export type KeyServerInputs = InputsOf<typeof keyServerResource>;
export type KeyServerOutputs = OutputsOf<typeof keyServerResource>;
