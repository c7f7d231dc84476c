import { badge, table } from "../../html/elements";
import { type Html, html } from "../../html/markup";
import { keyProviderInWords } from "../../wording";
import type { ClusterFacts } from "../facts";

export function keyServersTable({ keyServers, keyProviders }: ClusterFacts): Html {
  if (keyServers.length === 0) return html`<p>The cluster has no key server.</p>`;
  return table(
    "Key servers",
    ["Key server", "Hosts", "Port", "Key provider", "Test by the cluster"],
    keyServers.map(({ id, name, hostnames, port, keyProvider, usable, failure }) => {
      const provider = keyProviders.find((other) => other.id === keyProvider);
      return [
        html`<strong>${id}</strong> ${name}`,
        hostnames.join(", "),
        html`<span class="whole">${port}</span>`,
        provider
          ? [
              keyProviderInWords(provider),
              " ",
              badge(provider.active ? "good" : "plain", provider.active ? "active" : "inactive"),
            ]
          : badge("notice", "none"),
        usable ? badge("good", "passed") : [badge("bad", "failed"), ` ${failure}`],
      ];
    }),
  );
}
