import type { Vcenter } from "../../../provider/systems/vsphere/api/vcenter";
import { DEFAULT_VCENTER } from "../../../provider/systems/vsphere/default-vcenter";
import { vsphere } from "../../../provider/systems/vsphere/system";
import { observe } from "../../vsphere/observation";
import type { Observing, Reporter } from "../reporter";
import type { VcenterFacts } from "./facts";
import { vcenterFindings } from "./findings";
import { vcenterSection } from "./html/section";
import { keyUsersOn } from "./key-users";
import { vcenterLines } from "./summary";
import { vcenterFacts } from "./vcenter-facts";

/** Reports on vCenters. */
export const vcenterReporter: Reporter<VcenterFacts> = {
  system: vsphere,
  defaultConnection: DEFAULT_VCENTER,
  names: (connections) => connections.to(vsphere).names(),
  connect: (connection, name) => connection(vsphere, name),
  observe: async (vcenter: Vcenter, about: Observing) => vcenterFacts(await observe(vcenter), about),
  keyUsers: keyUsersOn,
  withKeyUsers: (facts) => facts,
  findings: vcenterFindings,
  endsSoon: ({ keyProviders }) =>
    keyProviders
      .flatMap(({ clientCertificate, servers }) => [
        clientCertificate,
        ...servers.map(({ certificate }) => certificate),
      ])
      .some((told) => told?.certificate?.status === "endsSoon"),
  title: ({ connection }) => `vCenter ${connection}`,
  summary: vcenterLines,
  section: vcenterSection,
};
