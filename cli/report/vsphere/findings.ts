import { healthInWords } from "../../../provider/systems/vsphere/observed/health";
import { isWell } from "../../../provider/systems/vsphere/observed/key-providers";
import { certificateFindings, finding } from "../finding";
import type { Finding } from "../model";
import type { VcenterFacts, VcenterKeyProviderFacts, VcenterKeyServerFacts } from "./facts";
import { keyProviderInWords, keyServerInWords } from "./wording";

/** What somebody should look at on a vCenter. */
export const vcenterFindings = ({ keyProviders }: VcenterFacts): Finding[] => keyProviders.flatMap(providerFindings);

function providerFindings(provider: VcenterKeyProviderFacts): Finding[] {
  const { kind, healthy, health, clientCertificate } = provider;
  const title = keyProviderInWords(provider);
  const found: Finding[] = [];
  if (!healthy) {
    // Nobody has looked so far where no server is known to be troubled.
    const isTold =
      health !== "unknown" || provider.servers.some((server) => !isWell(server) && server.health !== "unknown");
    found.push(finding(isTold ? "faults" : "notice", `The ${title} is not healthy: ${healthInWords(provider)}.`));
  }
  found.push(...provider.servers.flatMap((server) => serverFindings(server, title)));
  found.push(...certificateFindings(`The client certificate of ${title}`, clientCertificate));
  if (kind === "trusted") {
    found.push(
      finding(
        "notice",
        `The ${title} is of Trust Authority, which vSphere 9.0 does not have: have a standard one before an upgrade.`,
      ),
    );
  }
  return found;
}

function serverFindings(server: VcenterKeyServerFacts, provider: string): Finding[] {
  const title = `The certificate of ${keyServerInWords(server)} of ${provider}`;
  const found = certificateFindings(title, server.certificate);
  if (server.pinned === false) found.push(finding("certificates", `${title} is none of those in trustedServers.`));
  return found;
}
