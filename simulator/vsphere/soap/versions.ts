import type { TurnedAway } from "../../chassis/system";
import { isAtLeast } from "../vcenter/api-version";
import type { VCenter } from "../vcenter/machine";

export const VERSIONS_PATH = "/sdk/vimServiceVersions.xml";

/** Releases of the API that clients know, newest first. */
const RELEASES = [
  "9.1.0.0",
  "9.0.0.0",
  "8.0.3.0",
  "8.0.2.0",
  "8.0.1.0",
  "8.0.0.1",
  "7.0.3.0",
  "7.0",
  "6.7",
  "6.5",
  "6.0",
];

/** Which releases of the API this vCenter speaks: its own, and every older one. */
export function serviceVersions({ state: { apiVersion } }: VCenter): TurnedAway {
  const prior = RELEASES.filter((release) => release !== apiVersion && isAtLeast(apiVersion, release));
  const versions = prior.map((release) => `<version>${release}</version>`).join("");
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<namespaces version="1.0"><namespace><name>urn:vim25</name><version>${apiVersion}</version>
<priorVersions>${versions}</priorVersions></namespace></namespaces>`;
  return { method: "", params: {}, turnedAway: { body: { text, contentType: "text/xml" }, outcome: "ok" } };
}
