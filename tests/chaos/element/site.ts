import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import { daysLater, roadWorkspace } from "../../engine/acceptance/lab";
import { replaceFolder } from "../installation";
import { FinishableSite } from "../stack-site";
import { ENCRYPTED, road } from "./operations";
import { pictureOf } from "./picture";

export const STATES = ["bare", "external", "encrypted", "locked", "aged", "adoptable", "component"] as const;
/**
 * `bare`: internal keys and an empty stack. `external`: the road was walked. `encrypted`: and hardware encryption uses its
 * provider. `locked`: and hardware encryption uses internal keys. `component`: the road was walked by the component. `aged`: the road was walked and the client certificate nears its end. `adoptable`: the road was walked by a
 * stack that is lost.
 */
export type StartState = (typeof STATES)[number];

const PROGRAM = `require(require("./road.json").component === undefined ? "./road.js" : "./component.js");`;

/** Days from the issue of a certificate that nears its end now. */
const AGE_DAYS = 340;

/** Where each cell begins. */
export class Site extends FinishableSite<StartState> {
  /** Makes a site and its start states. */
  static async open(): Promise<Site> {
    const site = new Site(await roadWorkspace({ program: PROGRAM }));
    site.workspace.addFile(join(projectRoot, "tests/chaos/element/component.js"));
    await site.start();
    site.declare(road());
    await site.keep("bare");
    await site.workspace.up({ env: site.environment() });
    await site.keep("external");
    await site.keep("adoptable");
    replaceFolder(site.keptWorkspace("bare"), site.keptWorkspace("adoptable"));
    site.declare(road({ encryption: { onDelete: "disable" } }, ENCRYPTED));
    await site.workspace.up({ env: site.environment() });
    await site.keep("encrypted");
    await site.restore("external");
    site.declare(road({}, { encryption: "internal" }));
    await site.workspace.up({ env: site.environment() });
    await site.keep("locked");
    await site.restore("bare");
    site.declare({ component: {} });
    await site.workspace.up({ env: site.environment() });
    await site.keep("component");
    await site.restore("bare");
    site.declare(road());
    await site.workspace.up({
      env: { ...site.environment(), ...daysLater(-AGE_DAYS) },
    });
    await site.keep("aged");
    return site;
  }

  async outcome() {
    const { keyServers, keyProviders, holder, hardwareEncryption, ...others } = await pictureOf(this);
    const { rekeyRuns, keysToDestroy, onlyKeysInUseActive, dataUnwraps, wrappedDataKeys } = others;
    const placeOf = (id: number) => keyServers.find(({ keyProviderID }) => keyProviderID === id)?.at ?? "no key server";
    const placed = (text: string) => text.replace(/\d+$/, (id) => `at ${placeOf(Number(id))}`);
    return {
      keyServers: keyServers.map(({ at, keyProviderID }) => `${at}, attached: ${keyProviderID !== null}`).sort(),
      keyProviders: keyProviders.map(({ keyProviderID }) => placeOf(keyProviderID)).sort(),
      holder: placed(holder),
      hardwareEncryption: placed(hardwareEncryption),
      rekeyRuns,
      keysToDestroy,
      onlyKeysInUseActive,
      dataUnwraps,
      wrappedDataKeys,
      inState: this.resourcesInState(),
    };
  }
}
