import fc from "fast-check";
import type { Description, InputsOf } from "../../../provider/core/resource/description";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { ResourceToken, registry } from "../../../provider/systems/registry";
import type { Openssl } from "../pki/openssl";
import { CANARY, CANARY_KEY, hostileValue, TERMINAL_TEXTS } from "./values";

type DescriptionOf<Token extends ResourceToken> = (typeof registry)[Token]["description"];

/** A generator for each input that a class passes; one that is added needs one. */
type Generators<Inputs, D extends Description> = {
  [Name in keyof Inputs & (keyof D["arguments"] | keyof D["wired"])]-?: fc.Arbitrary<Inputs[Name] | undefined>;
} & { [Name in keyof Inputs & keyof D["expected"]]?: fc.Arbitrary<Inputs[Name]> };

interface Specimen<D extends Description> {
  /** Values that mean something; together they mostly pass. */
  good: Generators<InputsOf<D>, D>;
  /** What outputs add to inputs. */
  recorded: object;
}

type Specimens = { [Token in ResourceToken]: Specimen<DescriptionOf<Token>> };

/** Arguments whose values may be pasted secrets: no failure may have the engine print one. */
export const CONFIDENTIAL = new Set([
  "certificateSigningRequest",
  "caCertificate",
  "caPrivateKey",
  "clientCertificate",
]);

/** The texts that certificates, requests and keys are generated from. */
export interface Material {
  ca: string;
  caKey: string;
  otherCa: string;
  client: string;
  request: string;
  clientFingerprint: string;
}

export function makeMaterial(openssl: Openssl): Material {
  const [root, other] = ["/CN=Root", "/CN=Other"].map((subject) =>
    openssl.selfSigned("p256", subject, "-days", "3000"),
  );
  if (root === undefined || other === undefined) throw new Error("openssl made no authority");
  const key = openssl.key("p256");
  const request = openssl.request(key, "/CN=storage-1");
  return {
    ca: root.certificate,
    caKey: root.key,
    otherCa: other.certificate,
    client: openssl.sign(request, root, "extendedKeyUsage = clientAuth", "-days", "1000"),
    request,
    clientFingerprint: openssl.keyFingerprint(key),
  };
}

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const cluster = fc.constantFrom("default", "default", "default", "insecure", "elsewhere");
const name = fc.constantFrom("keys", "server", "other", "Schlüssel 鍵", "a".repeat(255));
const id = fc.constantFrom("1", "2", "999999999999999");
const adopt = fc.constantFrom("match", "1", "77");
const days = (maximum: number) => fc.integer({ min: 0, max: maximum });
const text = fc.string({ unit: fc.constantFrom(..."abcäöü鍵 -."), minLength: 1, maxLength: 20 });

const subject = fc.record(
  {
    commonName: text,
    organization: text,
    organizationalUnit: text,
    locality: text,
    state: text,
    country: fc.constantFrom("US", "de"),
    emailAddress: fc.constant("ops@example.com"),
  },
  { requiredKeys: ["commonName"] },
);

const hostname = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom("localhost", "keys.example.com.", "xn--bcher-kva.example"),
);

/** Texts that are almost PEM. */
const almostPem = ({ ca, client, request, caKey }: Material): fc.Arbitrary<unknown> => {
  const texts = [ca, client, request, caKey, ca + client, CANARY_KEY, client + CANARY_KEY, CANARY];
  const whole = fc.constantFrom(...texts);
  const cut = fc
    .tuple(whole, fc.nat(), fc.nat(40), fc.constantFrom("", "\n", "-----", "=", CANARY, ...TERMINAL_TEXTS))
    .map(([pem, at, length, instead]) => {
      const start = at % (pem.length + 1);
      return pem.slice(0, start) + instead + pem.slice(start + length);
    });
  const respelt = whole.map((pem) => pem.replaceAll("\n", "\\n"));
  return fc.oneof(
    whole,
    cut,
    respelt,
    fc.constantFrom<unknown>([CANARY_KEY], { pem: CANARY_KEY }, ca.replaceAll(/-----.*-----/g, "")),
  );
};

export function specimens(material: Material): Specimens {
  const { ca, caKey, otherCa, client, request, clientFingerprint } = material;
  const identity = { stateVersion: 1, clusterUniqueID: "abcd", tlsVerification: "systemRoots" };
  return {
    "element:KeyPair": {
      good: {
        cluster,
        subject: optional(subject),
        takesOver: fc.boolean(),
        regenerate: optional(fc.constantFrom("1", "2")),
        adopt: optional(fc.constant("match")),
      },
      recorded: { ...identity, publicKeyFingerprint: "aa", recordedPublicKeyFingerprint: "aa" },
    },
    "element:CertificateSigningRequest": {
      good: { cluster, publicKeyFingerprint: fc.constantFrom(clientFingerprint, "00".repeat(32)) },
      recorded: { ...identity, pem: request, subject: "CN=storage-1" },
    },
    "element:KeyServer": {
      good: {
        cluster,
        name: optional(name),
        hostnames: fc.uniqueArray(hostname, { minLength: 1, maxLength: 3, selector: (host) => host.toLowerCase() }),
        port: optional(fc.integer({ min: 1, max: 65_535 })),
        caCertificate: fc.constantFrom(ca, ca + otherCa),
        clientCertificate: fc.constant(client),
        publicKeyFingerprint: optional(fc.constant(clientFingerprint)),
        adopt: optional(adopt),
      },
      recorded: { ...identity, keyServerID: 1, tested: true, name: "server" },
    },
    "element:KeyProvider": {
      good: { cluster, name: optional(name), adopt: optional(adopt) },
      recorded: { ...identity, keyProviderID: 1, name: "keys" },
    },
    "element:KeyServerAttachment": {
      good: {
        cluster,
        keyProvider: id,
        keyServer: id,
        keyProviderName: optional(name),
        keyServerName: optional(name),
        otherKeyServers: optional(fc.uniqueArray(id, { maxLength: 2 })),
        adopt: optional(fc.constant("match")),
      },
      recorded: { ...identity, tested: true },
    },
    "element:MasterKey": {
      good: {
        cluster,
        keyProvider: optional(id),
        keyProviderName: optional(name),
        rotationTriggers: optional(fc.dictionary(fc.string({ unit: "binary", maxLength: 5 }), text, { maxKeys: 3 })),
        maxAge: optional(fc.constantFrom("90d", "12h", "1s", "999999999d")),
        takeOver: optional(fc.boolean()),
        adopt: optional(fc.constant("match")),
        onDelete: fc.constantFrom("internal", "keep"),
      },
      recorded: {
        ...identity,
        keyManagementType: "internal",
        keyID: "k",
        recordedKeyID: "k",
        recordedTime: "2026-01-01T00:00:00Z",
        complete: true,
      },
    },
    "element:HardwareEncryption": {
      good: {
        cluster,
        keyProvider: optional(id),
        keyProviderName: optional(name),
        encryptionAtRestState: fc.constantFrom("enabled", "enabling", "disabled", "disabling"),
        takeOver: optional(fc.boolean()),
        adopt: optional(fc.constant("match")),
        onDelete: fc.constantFrom("internal", "disable", "keep"),
      },
      recorded: { ...identity, keyManagementType: "external", keyProviderID: 1, complete: true },
    },
    "element:DriveRecovery": {
      good: {
        cluster,
        drives: fc.uniqueArray(fc.integer({ min: 1 }), { minLength: 1, maxLength: 8 }),
        triggers: optional(fc.dictionary(fc.string({ unit: "binary", maxLength: 5 }), text, { maxKeys: 3 })),
      },
      recorded: { ...identity, recoveredTime: "2026-01-01T00:00:00Z", complete: true },
    },
    "element:Fleet": {
      good: { clusters: fc.dictionary(text, fc.nat(9), { maxKeys: 5 }) },
      recorded: {},
    },
    "pki:CertificateAuthority": {
      good: {
        subject,
        keyAlgorithm: optional(fc.constantFrom("RSA", "ECDSA")),
        rsaBits: optional(fc.integer({ min: 2048, max: 8192 })),
        ecdsaCurve: optional(fc.constantFrom("P256", "P384")),
        validityDays: optional(days(4000)),
      },
      recorded: { stateVersion: 1, notAfter: "2040-01-01T00:00:00Z" },
    },
    "pki:SignedCertificate": {
      good: {
        certificateSigningRequest: fc.constant(request),
        caCertificate: fc.constantFrom(ca, otherCa + ca),
        caPrivateKey: fc.constant(caKey),
        validityDays: optional(days(1000)),
        earlyRenewalDays: optional(days(40)),
        renewalTriggers: optional(fc.dictionary(fc.string({ unit: "binary", maxLength: 5 }), text, { maxKeys: 3 })),
        includeIssuers: optional(fc.boolean()),
      },
      recorded: {
        stateVersion: 1,
        certificate: client,
        notAfter: "2027-06-01T00:00:00Z",
        renewalTime: "2027-05-01T00:00:00Z",
      },
    },
  };
}

export type Arguments = Record<string, unknown>;

/** Good arguments of which none, one or several are spoilt. */
export function spoilt(good: Record<string, fc.Arbitrary<unknown>>, material: Material): fc.Arbitrary<Arguments> {
  const names = Object.keys(good);
  const pem = fc.oneof(almostPem(material), almostPem(material), hostileValue);
  const change = fc
    .constantFrom(...names)
    .chain((name) => fc.tuple(fc.constant(name), CONFIDENTIAL.has(name) ? pem : within(good[name], hostileValue)));
  return fc
    .tuple(fc.record(good), fc.array(change, { maxLength: 3, size: "max" }))
    .map(([args, changes]) => without(undefined, { ...args, ...Object.fromEntries(changes) }));
}

/** A hostile value instead of an argument, or inside of the list or object that it is. */
const within = (good: fc.Arbitrary<unknown> | undefined, hostile: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  good === undefined
    ? hostile
    : fc.oneof(
        hostile,
        fc.tuple(good, hostile, fc.nat(), fc.boolean()).map(([value, inner, at, known]) => {
          if (Array.isArray(value)) return value.toSpliced(at % (value.length + 1), 1, inner);
          if (typeof value !== "object" || value === null) return inner;
          const keys = Object.keys(value);
          return without(undefined, { ...value, [(known && keys[at % keys.length]) || "unheard of"]: inner });
        }),
      );

/** The engine leaves out what a program leaves undefined. */
const without = (absent: undefined, args: Arguments): Arguments =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== absent));

/** Paths, as failures name them, at which a value is not known yet. */
export const unknownRoots = (args: Arguments): string[] => Object.keys(args).filter((name) => args[name] === UNKNOWN);
