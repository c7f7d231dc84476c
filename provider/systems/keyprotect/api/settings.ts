import type { HttpsSettings } from "../../../connections/https/settings";
import { isUuid } from "./uuid";

/** How one Key Protect instance is reached. At most one of `caCertificate`, `fingerprint256` and `insecure` may be given. */
export interface InstanceSettings extends HttpsSettings {
  /** The API's address in the instance's region, such as `https://us-south.kms.cloud.ibm.com`, or the private or dedicated one. */
  endpoint: string;
  /** GUID of the instance. Its CRN is taken as well, and read for the GUID. */
  instance: string;
  /** API key of a user or a service ID. Never shown, and never written to state in clear. */
  apiKey: string;
  /** Where tokens are fetched. */
  iamEndpoint: string;
  /** CA certificates (PEM) that sign the TLS certificate of IAM. Default: the system's own. */
  iamCaCertificate?: string;
  /** Where KMIP is spoken: `HOST` or `HOST:PORT`. Default: the API's host, and KMIP's port 5696. */
  kmipEndpoint: string;
}

export const IAM_ENDPOINT = "https://iam.cloud.ibm.com";
const KMIP_PORT = 5696;

/** Host and port of a KMIP endpoint. */
export function kmipAddress(kmipEndpoint: string): { hostname: string; port: number } {
  const [, hostname = kmipEndpoint, port] = ADDRESS.exec(kmipEndpoint) ?? [];
  return { hostname: hostname.replace(/^\[|\]$/g, ""), port: port === undefined ? KMIP_PORT : Number(port) };
}

/** A host name, an IPv4 address, or an IPv6 address in brackets; then perhaps a port. */
const ADDRESS = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?$/i;

export function isKmipEndpoint(value: string): boolean {
  if (!ADDRESS.test(value)) return false;
  const { port } = kmipAddress(value);
  return port >= 1 && port <= 65_535;
}

/** `crn:v1:CLOUD:public:kms:REGION:a/ACCOUNT:GUID::`. */
const CRN = /^crn:v1:[^:]*:[^:]*:[^:]*:([^:]*):[^:]*:([^:]+):[^:]*:[^:]*$/;

/** The GUID of an instance, and the region where its CRN names one; `undefined` for what is neither. */
export function instanceIn(text: string): { guid: string; region?: string } | undefined {
  const trimmed = text.trim();
  const [, region, guid = trimmed] = CRN.exec(trimmed) ?? [];
  const lower = guid.toLowerCase();
  return isUuid(lower) ? { guid: lower, ...(region ? { region } : {}) } : undefined;
}

/** The region of one of IBM's own addresses of the API. */
export function regionOf(endpoint: string): string | undefined {
  const [, region] = /^(?:private\.)?([a-z]+-[a-z]+)\.kms\.cloud\.ibm\.com$/.exec(new URL(endpoint).hostname) ?? [];
  return region;
}
