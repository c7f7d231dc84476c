import { ShapeError } from "../../../../connections/https/shapes";
import type { CryptoKeyId, KEY_HOLDERS, KeyHolder, ServiceContent } from "../types";
import { inView, type ObjectProperties, type Page, page } from "./properties";
import { name, one, reference } from "./reading";
import type { Ask } from "./requests";
import { keyId } from "./results";
import { type Part, part, referencePart } from "./writing";

type HolderType = (typeof KEY_HOLDERS)[number];

/** Where an object of each type says which key encrypts it. */
const KEY_PATH: Readonly<Record<HolderType, string>> = {
  VirtualMachine: "config.keyId",
  HostSystem: "runtime.cryptoKeyId",
};

/** Far above what a vCenter may manage: whoever gives more gives the same again and again. */
const MOST_PAGES = 1_000;

/** All machines or all hosts of a vCenter that its user may see. */
export async function listKeyHolders(
  ask: Ask,
  { rootFolder, viewManager, propertyCollector: self }: ServiceContent,
  type: HolderType,
): Promise<KeyHolder[]> {
  const view = await ask({
    ...{ method: "CreateContainerView", effect: "read", self: viewManager },
    parameters: [referencePart("container", rootFolder), part("type", type), part("recursive", true)],
    read: (answer, path) => one(reference)(answer, "returnval", path),
  });
  const holders: KeyHolder[] = [];
  const holdersIn = ({ objects }: Page) => objects.map((object) => holderIn(object, KEY_PATH[type]));
  const paged = (method: string, parameters: Part[], pages: number) =>
    ask({
      ...{ method, effect: "read", self, parameters },
      read(answer, path) {
        const found = page(answer, path);
        if (found.token === undefined) return { found: holdersIn(found) };
        if (pages === MOST_PAGES) throw new ShapeError(`${path}.returnval.token`, found.token, "missing by now");
        return { found: holdersIn(found), token: found.token };
      },
    });
  let next = await paged("RetrievePropertiesEx", inView(view, type, ["name", KEY_PATH[type]]), 1);
  holders.push(...next.found);
  for (let pages = 2; next.token !== undefined; pages += 1) {
    next = await paged("ContinueRetrievePropertiesEx", [part("token", next.token)], pages);
    holders.push(...next.found);
  }
  await ask({ method: "DestroyView", effect: "read", self: view, parameters: [], read: () => undefined });
  return holders;
}

function holderIn({ reference: of, properties }: ObjectProperties, path: string): KeyHolder {
  const called = properties.get("name");
  const key = properties.get(path);
  return {
    reference: of,
    // A machine that is being made has none yet.
    name: called === undefined ? of.value : name(called, "name"),
    ...(key === undefined ? {} : { key: keyId(key, path) satisfies CryptoKeyId }),
  };
}
