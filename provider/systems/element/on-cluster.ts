import { tlsVerificationKind } from "../../connections/https/settings";
import type { Attempt } from "../../core/journal";
import { displayName, integer, numericId, opaque, text, truth } from "../../core/resource/kinds";
import { DEFAULT_CLUSTER } from "./default-cluster";

/** The argument of everything that lives on a cluster. */
export const onCluster = {
  cluster: {
    kind: displayName,
    optional: true,
    filled: DEFAULT_CLUSTER,
    doc: "Name of the cluster's connection. A name that leads to a cluster of another identity is refused.",
    output: "Name of the cluster's connection.",
  },
} as const;

/** Where the arguments can be given as resources of the cluster. */
export const onClusterOf = (argument: string) =>
  ({
    cluster: { ...onCluster.cluster, usual: `that of ${argument}, or "${DEFAULT_CLUSTER}"` },
  }) as const;

/** May be left out where another argument is an object of the cluster: the resource is on the same cluster. */
export const onTheSameCluster = {
  cluster: {
    kind: displayName,
    inferred: true,
    optional: true,
    filled: DEFAULT_CLUSTER,
    doc: onCluster.cluster.output,
  },
} as const;

/** Outputs of everything that lives on a cluster. */
export const ofCluster = {
  clusterUniqueID: { kind: text, stable: true, doc: "Identity of the cluster: its `uniqueID`." },
  tlsVerification: {
    kind: tlsVerificationKind,
    incidental: true,
    doc: "How the cluster's TLS certificate was verified.",
  },
} as const;

/** Who holds a key, such as `the master key`. */
export const holderArgument = (key: string) =>
  ({
    keyProvider: {
      kind: numericId,
      optional: true,
      refersTo: {
        resources: ["element:KeyServerAttachment"],
        as: "attachment",
        doc: `The key provider of this attachment holds ${key}, once its key server is attached. For a key provider that is not managed in this program, give \`keyProvider\`.`,
      },
      doc: `Id of the key provider that holds ${key}, where it is not managed in this program. With neither a key provider nor an attachment, the cluster itself holds it, with internal keys.`,
      output: `Id of the key provider that holds ${key}, as the program declares it; absent for internal keys.`,
    },
  }) as const;

export const holderName = {
  keyProviderName: {
    kind: text,
    optional: true,
    doc: "Name of the key provider that is to hold the key, where the same program declares it.",
  },
} as const;

/** The holder that the cluster tells, by the number that Element knows it by, and the holder of the last record. */
export const observedHolder = {
  keyProviderID: {
    kind: integer(1),
    optional: true,
    doc: "Id of the provider that was last seen to hold the key; absent for internal keys.",
  },
  recordedKeyProviderID: {
    kind: integer(1),
    optional: true,
    doc: "Id of the provider that held the key at the last create or update. It differs when somebody else has changed that.",
  },
} as const;

/** The fault that a read has found of a key; a plan names it. */
export const keyFault = {
  fault: {
    kind: text,
    optional: true,
    doc: "The cluster's complaint that it cannot get the key from a key server that works; absent when it can.",
  },
} as const;

/** Of what removes objects that a run which was cut off was about to make. */
export const removingLeftovers = {
  purpose: "to remove what a run that was cut off has made",
  methods: [
    "ListKeyServersKmip",
    "DeleteKeyServerKmip",
    "ListKeyProvidersKmip",
    "DeleteKeyProviderKmip",
    "RemoveKeyServerFromProviderKmip",
  ],
} as const;

/** State keeps this while a key changes hands, so that a run after one that was cut off knows whose key it is. */
export const handover = {
  wish: {
    kind: opaque<Attempt>(),
    optional: true,
    hidden: true,
    doc: "What an incomplete run has asked for: evidence on every machine.",
  },
  isOfThisStack: {
    kind: opaque<true>(),
    optional: true,
    hidden: true,
    doc: "A refresh found that the key went to another provider, which this stack has made.",
  },
} as const;

export const takenOver = (doc: string) =>
  ({
    takeOver: { kind: truth, optional: true, usual: "false", doc, output: "Whether it is taken from any provider." },
  }) as const;
