import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { keyServerResource } from "../../../provider/systems/element/key-server/resource";
import { hostname, name, optional } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { adopt, cluster, recordedIdentity } from "../generators";
import type { ElementSpecimenOf } from "../specimen";
import type { Scene } from "../stage";

const host = (name: unknown) => ({ hostnames: ["keys", name] });

const byHand = (scene: Scene) => ({
  ...scene.keyServerAddress(),
  clientCertificate: scene.cluster.state().keyServers[0]?.kmipClientCertificate,
});

export const specimen: ElementSpecimenOf<typeof keyServerResource> = {
  generators: ({ ca, otherCa, client, clientFingerprint }) => ({
    cluster,
    name: optional(name),
    hostnames: fc.uniqueArray(hostname, { minLength: 1, maxLength: 3, selector: (host) => host.toLowerCase() }),
    port: optional(fc.integer({ min: 1, max: 65_535 })),
    caCertificate: fc.constantFrom(ca, ca + otherCa),
    clientCertificate: fc.constant(client),
    publicKeyFingerprint: optional(fc.constant(clientFingerprint)),
    adopt: optional(adopt),
  }),
  recorded: () => ({ ...recordedIdentity, keyServerID: 1, tested: true, name: "server" }),
  passing: ({ ca, client }) => ({
    cluster: "default",
    hostnames: ["keys"],
    caCertificate: ca,
    clientCertificate: client,
  }),
  rows: ({ ca, client }) => [
    ["an IPv4 address", host("192.0.2.7"), PASSES],
    ["an IPv6 address", host("2001:db8::1"), PASSES],
    ["an IPv4 address within IPv6", host("::ffff:192.0.2.7"), PASSES],
    ["a host in xn-- form", host("xn--bcher-kva.example"), PASSES],
    ["a final dot", host("keys.example.com."), PASSES],
    ["an underscore", host("key_server"), PASSES],
    ["a host not known yet", host(UNKNOWN), PASSES],
    ["hosts not known yet", { hostnames: UNKNOWN }, PASSES],
    ["an IPv6 address with its zone", host("fe80::1%eth0"), "hostnames[1]", "must not have a zone"],
    ["an IPv6 address with an encoded zone", host("fe80::1%25eth0"), "hostnames[1]", "must not have a zone"],
    ["brackets", host("[2001:db8::1]"), "hostnames[1]", "neither a host name"],
    ["a port", host("keys:5696"), "hostnames[1]", "no port"],
    ["a URL", host("kmip://keys"), "hostnames[1]", "neither a host name"],
    ["an international name", host("bücher.example"), "hostnames[1]", "xn--"],
    ["letters that look like others", host("kеys.example"), "hostnames[1]", "xn--"],
    ["a name in full width", host("ｋｅｙｓ"), "hostnames[1]", "xn--"],
    ["three numbers", host("10.1.2"), "hostnames[1]", "neither"],
    ["a fifth number", host("10.1.2.3.4"), "hostnames[1]", "neither"],
    ["an octal address", host("010.0.0.1"), "hostnames[1]", "neither"],
    // Resolvers take both for 127.0.0.1.
    ["a hexadecimal address", host("0x7f000001"), "hostnames[1]", "neither"],
    ["an address that ends in hexadecimal", host("127.0x1"), "hostnames[1]", "neither"],
    ["two dots", host("keys..example"), "hostnames[1]", "neither"],
    ["a dot", host("."), "hostnames[1]", "neither"],
    ["a blank", host(" keys"), "hostnames[1]", "neither"],
    ["a line end", host("keys2\n"), "hostnames[1]", "neither"],
    ["a label of 64 letters", host("a".repeat(64)), "hostnames[1]", "neither"],
    ["254 letters", host(`${"a.".repeat(126)}aa`), "hostnames[1]", "neither"],
    ["a huge host", host("a".repeat(1_000_000)), "hostnames[1]", "neither"],
    ["a number as host", host(7), "hostnames[1]", "must be a string"],
    ["a list in the list", host(["keys"]), "hostnames[1]", "must be a string"],
    ["a host twice", host("KEYS"), "hostnames", "must not name a host twice"],
    ["a single text", { hostnames: "keys" }, "hostnames", "must be a list"],
    ["no host", { hostnames: [] }, "hostnames", "at least one"],
    ["what only looks like a list", { hostnames: { length: 1, 0: "keys" } }, "hostnames", "must be a list"],
    ["port 0", { port: 0 }, "port", "1 to 65535"],
    ["port 65536", { port: 65_536 }, "port", "1 to 65535"],
    ["a port as text", { port: "5696" }, "port", "whole number"],
    ["a null port", { port: null }, "port", "whole number"],
    ["another key's fingerprint", { publicKeyFingerprint: "00".repeat(32) }, "clientCertificate", "was issued for"],
    ["a fingerprint that is none", { publicKeyFingerprint: { toString: 1 } }, "publicKeyFingerprint", "64 hexadecimal"],
    ["a certificate in a list", { clientCertificate: [client] }, "", "clientCertificate: must be one text"],
    ["a certificate that is an object", { caCertificate: { pem: ca } }, "", "caCertificate: must be one text"],
    // The pattern for bare base64 took hours for it.
    ["line ends alone", { caCertificate: `${"\n".repeat(100_000)}!` }, "", "the text holds no PEM"],
    ["an id beyond what numbers hold", { adopt: "9999999999999999" }, "adopt", "must be the id"],
  ],
  declared: { hostnames: [], caCertificate: "", clientCertificate: "" },
  onSystem: {
    existing: (scene) => ({ ...byHand(scene), adopt: "1" }),
    change: { name: "another name" },
    another: async (scene) => ({ ...(await scene.keyServerArguments()), name: "ours" }),
    // A client certificate is checked against it, and the server is none the wiser.
    notCompared: ["publicKeyFingerprint"],
    imported: {
      stage: "attached",
      id: "1",
      declared: byHand,
      outputs: () => ({ keyServerID: 1, name: "by hand", tested: true }),
    },
    only: false,
    adopting: {
      stage: "encrypted",
      args: async (scene) => ({ ...(await scene.keyServerArguments()), adopt: "1" }),
      says: "key server 1 is taken over, and not made",
    },
  },
  acts: [
    [
      "external",
      async (resource, scene, { up, cutOff }) => {
        const args = await scene.keyServerArguments();
        await up({ ...args, name: "another" });
        await up({ ...args, name: "renamed" });
        await cutOff();
        await resource.destroy();
        await up({ ...args, adopt: "1" });
        await up({ ...args, hostnames: [...args.hostnames, "another-node"] });
        await resource.destroy();
      },
    ],
    [
      "encrypted",
      async (resource, scene, { up }) => {
        await up({ ...(await scene.keyServerArguments()), adopt: "1" });
        await resource.destroy();
      },
      "12.0",
    ],
  ],
};
