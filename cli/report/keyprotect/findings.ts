import { certificateFindings, finding } from "../finding";
import type { Finding } from "../model";
import { day } from "../time";
import type { AdapterFacts, ClientFacts, InstanceFacts, RootKeyFacts } from "./facts";
import { adapterInWords, rootKeyInWords } from "./wording";

/** What somebody should look at in an instance. */
export const instanceFindings = (facts: InstanceFacts): Finding[] => [
  ...facts.rootKeys.flatMap((key) => rootKeyFindings(key, facts)),
  ...facts.adapters.flatMap(adapterFindings),
];

function rootKeyFindings(key: RootKeyFacts, { adapters }: InstanceFacts): Finding[] {
  const wrapping = adapters.filter(({ rootKey }) => rootKey === key.id);
  const found: Finding[] = [];
  if (key.state !== "active" && wrapping.length > 0) {
    const names = wrapping.map(({ name }) => `"${name}"`).join(", ");
    found.push(
      finding(
        "faults",
        `The ${rootKeyInWords(key)} is ${key.state}: the keys of KMIP adapter ${names} cannot be read.`,
      ),
    );
  }
  if (key.ends !== undefined) {
    found.push(
      finding("notice", `The ${rootKeyInWords(key)} ends on ${day(key.ends)}: no key can be made under it then.`),
    );
  }
  if (key.onDelete === "delete") {
    found.push(finding("notice", `A destroy would delete the ${rootKeyInWords(key)}, with whatever it has wrapped.`));
  }
  return found;
}

function adapterFindings(adapter: AdapterFacts): Finding[] {
  const found = adapter.clients.flatMap((client) => clientFindings(client, adapter));
  if (adapter.onDelete === "destroyKeys") {
    found.push(finding("notice", `A destroy would destroy the keys of ${adapterInWords(adapter)}.`));
  }
  return found;
}

function clientFindings(client: ClientFacts, adapter: AdapterFacts): Finding[] {
  const title = `The client certificate "${client.name}" of ${adapterInWords(adapter)}`;
  if (!client.superseded) return certificateFindings(title, client);
  const unreadable = certificateFindings(title, { unreadable: client.unreadable });
  return [...unreadable, finding("notice", `${title} has a successor, and is still accepted.`)];
}
