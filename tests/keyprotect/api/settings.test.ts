import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import { kmipAddress } from "../../../provider/systems/keyprotect/api/settings";
import { keyProtect } from "../../../provider/systems/keyprotect/system";
import { MovedClock } from "../../kit/moved-clock";
import { ID } from "../generators";

const CRN = `crn:v1:bluemix:public:kms:us-south:a/0123456789abcdef0123456789abcdef:${ID}::`;
const GOOD = { endpoint: "https://us-south.kms.cloud.ibm.com", instance: ID, apiKey: "an-api-key-that-is-long" };

function settings(change: object) {
  const runtime = { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} };
  const keyProtectInstances = { default: { ...GOOD, ...change } };
  return configuredConnections(keyProtect, { keyProtectInstances }, {}, runtime).connection("default").settings;
}

test.each<[string, object, object]>([
  ["nothing more", {}, { iamEndpoint: "https://iam.cloud.ibm.com", kmipEndpoint: "us-south.kms.cloud.ibm.com" }],
  ["a CRN", { instance: CRN }, { instance: ID }],
  ["a CRN with blanks around it", { instance: ` ${CRN}\n` }, { instance: ID }],
  ["a GUID in upper case", { instance: ID.toUpperCase() }, { instance: ID }],
  ["the private address", { endpoint: "https://private.us-south.kms.cloud.ibm.com", instance: CRN }, { instance: ID }],
  [
    "an address that says no region",
    { endpoint: `https://${ID}.api.us-east.kms.appdomain.cloud`, instance: CRN },
    { instance: ID },
  ],
  ["a KMIP endpoint", { kmipEndpoint: "kmip.example.com:5697" }, { kmipEndpoint: "kmip.example.com:5697" }],
  ["another IAM", { iamEndpoint: "https://iam.test.cloud.ibm.com" }, { iamEndpoint: "https://iam.test.cloud.ibm.com" }],
])("a connection with %s", (_what, given, expected) => {
  expect(settings(given)).toMatchObject(expected);
});

test.each<[string, object, string]>([
  ["no instance", { instance: "" }, "instance is missing"],
  ["no endpoint", { endpoint: undefined }, "endpoint is missing"],
  ["no API key", { apiKey: "" }, "apiKey is missing"],
  ["two lines for the API key", { apiKey: "Canary\nof two lines" }, "apiKey has a blank or a line break in it"],
  ["a name before the API key", { apiKey: "apikey: Canary" }, "apiKey has a blank or a line break in it"],
  [
    "a file for the authority",
    { caCertificate: "region.pem" },
    "the text is the name of a file. Give what the file holds",
  ],
  ["a name for the instance", { instance: "my-instance" }, "neither the GUID nor the CRN"],
  ["the CRN of a service without an instance", { instance: "crn:v1:bluemix:public:kms:us-south:a/0:::" }, "neither"],
  [
    "an endpoint of another region",
    { endpoint: "https://eu-de.kms.cloud.ibm.com", instance: CRN },
    "the instance is in us-south, and the endpoint is that of eu-de",
  ],
  [
    "a private endpoint of another region",
    { endpoint: "https://private.eu-de.kms.cloud.ibm.com", instance: CRN },
    "the instance is in us-south",
  ],
  ["no HTTPS", { endpoint: "http://us-south.kms.cloud.ibm.com" }, "endpoint"],
  ["no HTTPS for IAM", { iamEndpoint: "http://iam.cloud.ibm.com" }, "iamEndpoint"],
  ["no authority for IAM", { iamCaCertificate: "nobody" }, "iamCaCertificate"],
  ["a KMIP endpoint that is a URL", { kmipEndpoint: "kmip://example.com" }, "kmipEndpoint is no address"],
  ["a KMIP port that is none", { kmipEndpoint: "example.com:65536" }, "kmipEndpoint is no address"],
])("a connection with %s is refused", (_what, given, words) => {
  expect(() => settings(given)).toThrow(expect.objectContaining({ code: "EKM_CONNECTION_CONFIGURATION" }));
  expect(() => settings(given)).toThrow(words);
});

test.each(["Canary8d21f05e\n", "Canary8d21f05e\nof two lines"])("no complaint shows an API key: %j", (apiKey) => {
  expect(() => settings({ apiKey })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("Canary") }),
  );
});

test.each([
  ["example.com", { hostname: "example.com", port: 5696 }],
  ["example.com:1", { hostname: "example.com", port: 1 }],
  ["192.0.2.7:5697", { hostname: "192.0.2.7", port: 5697 }],
  ["[2001:db8::1]", { hostname: "2001:db8::1", port: 5696 }],
  ["[2001:db8::1]:5697", { hostname: "2001:db8::1", port: 5697 }],
])("KMIP is spoken at %s", (endpoint, address) => expect(kmipAddress(endpoint)).toEqual(address));
