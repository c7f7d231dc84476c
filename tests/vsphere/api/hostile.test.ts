import fc from "fast-check";
import { ShapeError } from "../../../provider/connections/https/shapes";
import { REST_RESULTS } from "../../../provider/systems/vsphere/api/rest/results";
import { PLAIN_METHODS } from "../../../provider/systems/vsphere/api/soap/methods";
import { page } from "../../../provider/systems/vsphere/api/soap/properties";
import { serviceContent } from "../../../provider/systems/vsphere/api/soap/results";
import { readXml, type XmlElement, XmlError } from "../../../provider/systems/vsphere/api/soap/xml";
import { escapedForXml, isXmlText } from "../../../provider/systems/vsphere/api/texts";
import {
  type HealthWord,
  isHealthy,
  type KeyServerHealth,
} from "../../../provider/systems/vsphere/observed/key-providers";

/** Members that answers have, and values that these have in no answer. */
const MEMBERS = [
  "id",
  "name",
  "provider",
  "key_server",
  "servers",
  "status",
  "health",
  "details",
  "certificate",
  "csr",
];

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 60, "", "OK", "KMIP", "__proto__"),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...MEMBERS, "__proto__", "toString"), tie("value"), { maxKeys: 5 }),
  ),
})).value;

/** Whether `read` gives something, or an error that names the place. */
function isRead(read: () => unknown, refusal: new (...args: never[]) => Error): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof refusal;
  }
}

test.each(Object.entries(REST_RESULTS))(
  "whatever comes for the result of %s, it is read or refused",
  (_name, shape) => {
    fc.assert(fc.property(json, (value) => isRead(() => shape(value, "result"), ShapeError)));
  },
);

const PROVIDER = {
  master_key_id: "8",
  key_server: {
    type: "KMIP",
    description: "",
    proxy_server: { hostname: "proxy", port: 3128 },
    connection_timeout: 30,
    kmip_server: { servers: [{ name: "one", address: { hostname: "kms", port: 5696 } }], username: "kmip" },
  },
  status: {
    health: "OK",
    details: [{ id: "id", default_message: "words", args: [] }],
    servers: [{ name: "one", health: "OK", details: [], client_trust_server: true, server_trust_client: true }],
  },
};

/** The places of all values within one. */
const placesIn = (value: unknown, place: string[] = []): string[][] => [
  place,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, each]) => placesIn(each, [...place, key]))
    : []),
];

function withAt(value: unknown, [key, ...rest]: string[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy: Record<string, unknown> = structuredClone(Object(value));
  copy[key] = withAt(copy[key], rest, other);
  return copy;
}

test("a provider in which any value is another one is read or refused", () => {
  const places = fc.constantFrom(...placesIn(PROVIDER));
  const shape = REST_RESULTS.getKmsProvider;
  expect(shape(PROVIDER, "result")).toEqual(PROVIDER);
  fc.assert(
    fc.property(places, json, (place, other) =>
      isRead(() => shape(withAt(PROVIDER, place, other), "result"), ShapeError),
    ),
    { numRuns: 1_000 },
  );
});

const TAGS = ["returnval", "clusterId", "id", "servers", "name", "port", "useAsDefault", "keyId", "objects", "propSet"];

const elementWith = (children: fc.Arbitrary<XmlElement[]>): fc.Arbitrary<XmlElement> =>
  fc.record({
    name: fc.constantFrom(...TAGS, "val", "obj", "token", "about", "certificate"),
    uri: fc.constant("urn:vim25"),
    xsiType: fc.option(fc.string(), { nil: undefined }),
    type: fc.option(fc.string(), { nil: undefined }),
    children,
    text: fc.oneof(fc.constantFrom("", "true", "0", "-1", "5696", "99999999999999999999", "NaN", "green"), fc.string()),
  });

const NO_CHILDREN = fc.constant<XmlElement[]>([]);
const childrenOf = (element: fc.Arbitrary<XmlElement>) => fc.array(element, { maxLength: 4 });
const xml = elementWith(childrenOf(elementWith(childrenOf(elementWith(NO_CHILDREN)))));

const CLUSTERS = readXml(
  "<r><returnval><clusterId><id>a</id></clusterId><servers><name>s</name><address>a</address><port>1</port><timeout>3</timeout>" +
    '</servers><useAsDefault>true</useAsDefault><useAsEntityDefault type="Folder">f</useAsEntityDefault></returnval></r>',
);

test("a list of providers in which any part is another one is read or refused", () => {
  const { read } = PLAIN_METHODS.ListKmipServers;
  expect(read(CLUSTERS, "answer")).toMatchObject([{ clusterId: "a", servers: [{ timeout: 3 }], useAsDefault: true }]);
  const elements = placesIn(CLUSTERS).filter((place) => place.length > 0 && place.length % 2 === 0);
  fc.assert(
    fc.property(fc.constantFrom(...elements), xml, (place, other) => {
      const changed = withElementAt(CLUSTERS, place.filter((key) => key !== "children").map(Number), other);
      return isRead(() => read(changed, "answer"), ShapeError);
    }),
    { numRuns: 1_000 },
  );
});

function withElementAt(parent: XmlElement, [index, ...rest]: number[], other: XmlElement): XmlElement {
  const children = parent.children.map((each, at) => {
    if (at !== index) return each;
    return rest.length === 0 ? { ...other, name: each.name } : withElementAt(each, rest, other);
  });
  return { ...parent, children };
}

const reads = { ...PLAIN_METHODS, page: { read: page }, serviceContent: { read: serviceContent } };

test.each(Object.entries(reads))("whatever comes for the answer to %s, it is read or refused", (_name, { read }) => {
  fc.assert(fc.property(xml, (element) => isRead(() => read(element, "answer"), ShapeError)));
});

const pieces = fc.constantFrom(
  ...[
    "<a>",
    "</a>",
    "<a ",
    "/>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&x;",
    "&#0;",
    "&#x41;",
    '="',
    "xmlns:p='u'",
  ],
  ...["<!DOCTYPE", "<?xml version='1.0'?>", "<?x?>", "p:", ":", "x", "\u0000", "\ud800", "\ufeff", "\n"],
);

test("whatever text comes, it is XML or none", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 }), (parts) =>
      isRead(() => readXml(parts.join("")), XmlError),
    ),
    { numRuns: 2_000 },
  );
});

test("a text that XML has comes back as it was written, and no other is taken for one", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string()), (text) => {
      const written = () => readXml(`<a b="${escapedForXml(text)}">${escapedForXml(text)}</a>`).text;
      // A line end is one character in XML, unless it is written as a number.
      return isXmlText(text) ? written() === text : isRead(() => written(), XmlError);
    }),
    { numRuns: 2_000 },
  );
});

test.each<[what: string, health: HealthWord, servers: Partial<KeyServerHealth>[], expected: boolean]>([
  ["all is well", "healthy", [{}, {}], true],
  ["nobody knows of trust, and all is well", "healthy", [{ serverTrusted: undefined, clientTrusted: undefined }], true],
  ["the whole is not", "degraded", [{}], false],
  ["nobody has looked", "unknown", [{}], false],
  ["there is no server", "healthy", [], false],
  ["one server is not, whatever is said of the whole", "healthy", [{}, { health: "unhealthy" }], false],
  ["a server is not trusted, whatever is said of it", "healthy", [{ serverTrusted: false }], false],
  ["a server does not trust, whatever is said of it", "healthy", [{ clientTrusted: false }], false],
])("a provider is healthy or not where %s", (_what, health, servers, expected) => {
  const well: KeyServerHealth = {
    name: "one",
    health: "healthy",
    serverTrusted: true,
    clientTrusted: true,
    details: [],
  };
  expect(isHealthy({ health, details: [], servers: servers.map((server) => ({ ...well, ...server })) })).toBe(expected);
});
