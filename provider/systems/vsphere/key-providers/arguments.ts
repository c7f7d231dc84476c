import { adoptableMatch } from "../../../core/ownership";
import { displayName, integer, listOf, text, truth } from "../../../core/resource/kinds";
import { certificateDescription } from "../../../pki/kinds";
import { keyServers, pins, providerName, proxyServer } from "../kinds";

/** How the servers of a provider are reached. */
export const accessArguments = {
  username: {
    kind: displayName,
    optional: true,
    doc: "User name at the key servers, where they ask for one.",
  },
  proxy: {
    kind: proxyServer,
    optional: true,
    doc: "Proxy between vCenter and the key servers.",
  },
  connectionTimeout: {
    kind: integer(1, 3600),
    optional: true,
    usual: "vCenter's own",
    doc: "How long vCenter waits for a key server, in seconds.",
  },
} as const;

/** Arguments of both kinds of key providers. */
export const providerArguments = {
  name: {
    kind: providerName,
    optional: true,
    always: true,
    replaces: true,
    usual: "the logical name with a short suffix derived from the {identity}",
    doc:
      "Name, by which vCenter knows it: another one is another provider, refused while the present one is in use. It must be " +
      "unique over all vCenters that share a key server.",
    output: "Name of the provider.",
  },
  servers: {
    kind: keyServers,
    doc:
      "The key servers of the provider, which replicate each other's keys. A change adds before it removes, so that machines " +
      "find their keys at any moment.",
    output: "The key servers of the provider.",
  },
  trustedServers: {
    kind: pins,
    doc:
      "The certificates that the key servers may present: SHA-256 fingerprints, or certificates (PEM). vCenter is told to trust " +
      "them and no other one: a certificate that is presented and not listed is refused, with what it says of itself.",
    output: "The certificates that vCenter trusts, as they were declared.",
  },
  ...accessArguments,
  password: {
    kind: text,
    optional: true,
    unseen: true,
    confidential: true,
    secret: true,
    doc: "Password at the key servers. vCenter tells it to nobody: change `passwordVersion` where it was changed elsewhere.",
  },
  passwordVersion: {
    kind: text,
    optional: true,
    doc: "Gives vCenter the password again when this text changes.",
  },
  ...adoptableMatch("take over the provider of the declared name, whoever has made it."),
} as const;

/** What state holds for the next run alone. */
export const internalOfProvider = {
  sealedPassword: {
    kind: text,
    optional: true,
    hidden: true,
    doc: "Tells whether the password is another one, without the password.",
  },
} as const;

/** What a look at the key servers tells. */
export const expectedOfProvider = {
  serversTrusted: {
    kind: truth,
    doc: "vCenter trusts the certificates of all servers that could be reached.",
  },
} as const;

export const outputsOfProvider = {
  presentedCertificates: {
    kind: listOf(certificateDescription),
    doc: "The certificates that the servers presented at the last look, in words.",
  },
  unreachableServers: {
    kind: listOf(text),
    doc: "Names of the servers that vCenter could not reach at the last look.",
  },
} as const;
