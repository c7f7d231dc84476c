import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import type { Description } from "../../provider/core/resource/description";
import { PLAIN_WORDS } from "../../provider/core/words";
import { element } from "../../provider/systems/element/system";
import { keyProtect } from "../../provider/systems/keyprotect/system";
import { registry } from "../../provider/systems/registry";
import { vsphere } from "../../provider/systems/vsphere/system";
import { circles } from "./rules/circles";
import { crumbs, incompleteFolders, repeatedNames } from "./rules/files";
import { wrongNouns } from "./rules/nouns";
import { listedAgain } from "./rules/properties";
import { strayImports } from "./rules/rooms";
import { OF_A_WAY_IN, wordsOfAWayIn } from "./rules/words";
import { sources } from "./sources";

const descriptions: Description[] = Object.values(registry).map(({ description }) => description);

/** What each rule finds that does not keep to it. */
const RULES: Readonly<Record<string, () => string[]>> = {
  "a room imports what it knows, and nothing else": () => strayImports(sources),
  "no imports go round in a circle": () => circles(sources),
  "names of a resource's properties stand in its description alone": () => listedAgain(sources, descriptions),
  "no lifecycle speaks of a way in": () => wordsOfAWayIn(sources),
  "a connection is named by its system's noun": () =>
    wrongNouns(descriptions, { element: element.noun, keyprotect: keyProtect.noun, vsphere: vsphere.noun }),
  "a resource has its folder": () => incompleteFolders(sources),
  "no file says its folder's name again": () => repeatedNames(sources),
  "a file is no crumb": () => crumbs(sources),
};

test.each(Object.entries(RULES))("%s", (_rule, breaches) => {
  expect(breaches()).toEqual([]);
});

test.each(Object.keys(PULUMI_WORDS) as (keyof typeof PULUMI_WORDS)[])(
  "who has no words of its own does not speak of Pulumi: %s",
  (word) => {
    expect(PLAIN_WORDS[word]).not.toMatch(OF_A_WAY_IN);
    expect(PULUMI_WORDS[word]).not.toBe(PLAIN_WORDS[word]);
  },
);
