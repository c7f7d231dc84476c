import { credentialText, strayComplaint } from "../../connections/credential-text";
import { httpsSettings } from "../../connections/https/settings";
import type { Complain, SettingWords, System } from "../../core/system";
import { ConnectedInstance, type Instance } from "./api/instance";
import { OPERATIONS } from "./api/operations";
import { IAM, KEY_PROTECT } from "./api/peer";
import { IAM_ENDPOINT, type InstanceSettings, instanceIn, isKmipEndpoint, regionOf } from "./api/settings";

/** IBM Key Protect instances: how they are configured, reached and told apart. */
export const keyProtect: System<InstanceSettings, Instance> = {
  noun: KEY_PROTECT.noun,
  configurationKey: "keyProtectInstances",
  environmentVariable: "EKM_KEY_PROTECT_INSTANCES",
  settings: {
    endpoint: { required: true, placeholder: "https://REGION.kms.cloud.ibm.com" },
    instance: { required: true, placeholder: "GUID" },
    apiKey: { required: true, secret: true },
    iamEndpoint: {},
    iamCaCertificate: {},
    kmipEndpoint: {},
    caCertificate: {},
    fingerprint256: {},
    insecure: {},
  },
  freshened: { members: ["apiKey"], inWords: "API key" },
  validated(given, complain, words) {
    for (const member of ["endpoint", "instance"] as const) {
      if (typeof given[member] !== "string" || given[member] === "")
        throw complain(`${member} is missing`, words.shape);
    }
    const https = httpsSettings(given, KEY_PROTECT, complain, words.shape);
    const apiKey = apiKeyIn(given, complain, words);
    const instance = guidIn(String(given.instance), https.endpoint, complain);
    const iam = httpsSettings(
      { endpoint: given.iamEndpoint ?? IAM_ENDPOINT, caCertificate: given.iamCaCertificate },
      IAM,
      (reason, wayOut) =>
        complain(
          reason.replace(/^endpoint|^caCertificate/, (member) => IAM_MEMBERS[member] ?? member),
          wayOut,
        ),
      words.shape,
    );
    const kmipEndpoint = given.kmipEndpoint ?? new URL(https.endpoint).hostname;
    if (typeof kmipEndpoint !== "string" || !isKmipEndpoint(kmipEndpoint)) {
      throw complain(
        "kmipEndpoint is no address of the form HOST or HOST:PORT",
        "leave it out: it is the API's host then",
      );
    }
    return { ...https, instance, apiKey, iamEndpoint: iam.endpoint, iamCaCertificate: iam.caCertificate, kmipEndpoint };
  },
  account: ({ iamEndpoint, iamCaCertificate, apiKey }) => [iamEndpoint, iamCaCertificate ?? "", apiKey],
  open: (name, settings, runtime, surroundings) => new ConnectedInstance(name, settings, runtime, surroundings),
  identity: {
    inWords: "GUID",
    recordedAs: "instanceID",
    // Key Protect lets nobody ask which instance answers: the GUID in each request decides it.
    of: async ({ settings }) => settings.instance,
  },
  calls: OPERATIONS,
};

const IAM_MEMBERS: Readonly<Record<string, string>> = { endpoint: "iamEndpoint", caCertificate: "iamCaCertificate" };

function apiKeyIn(
  given: Partial<InstanceSettings>,
  complain: Complain,
  { shape, howToKeepText }: SettingWords,
): string {
  const apiKey = credentialText("apiKey", given.apiKey, complain, howToKeepText("apiKey"));
  if (typeof apiKey !== "string" || apiKey === "") throw complain("apiKey is missing", shape);
  const stray = strayComplaint(apiKey);
  if (stray !== undefined) throw complain(`apiKey ${stray.reason}`, stray.wayOut);
  if (/\s/.test(apiKey))
    throw complain("apiKey has a blank or a line break in it", "give the API key alone: it has none");
  return apiKey;
}

function guidIn(text: string, endpoint: string, complain: Complain): string {
  const instance = instanceIn(text);
  if (instance === undefined) {
    throw complain(
      "instance is neither the GUID nor the CRN of an instance",
      "give the one that the instance's details show",
    );
  }
  const region = regionOf(endpoint);
  if (region !== undefined && instance.region !== undefined && region !== instance.region) {
    throw complain(
      `the instance is in ${instance.region}, and the endpoint is that of ${region}`,
      "give the endpoint of the instance's region",
    );
  }
  return instance.guid;
}
