import type { Comparing } from "../../../core/lifecycle";
import { announcement, info, type Line, warning } from "../../../core/plan";
import { Holder, wasChangedByHand } from "../observed/holder";
import { clusterOf } from "../wording";
import type { HardwareEncryptionInputs, HardwareEncryptionOutputs } from "./resource";
import { isWanted } from "./state";

/** Says what a create will do. The plan does not look at the present state: the create does. */
export function foreseenCreate(inputs: HardwareEncryptionInputs): Line[] {
  if (!isWanted(inputs)) return [];
  const [place, wanted] = [clusterOf(inputs), Holder.wantedInWords(inputs)];
  if (inputs.adopt !== undefined) {
    return [
      info(
        `${place}: hardware encryption with its key held by ${wanted} is taken over; refused when it is off, or its key is held elsewhere`,
      ),
    ];
  }
  const taken = inputs.takeOver ? "" : "; refused while another key provider holds its key";
  return [
    announcement(
      `${place}: will enable hardware encryption, with its key held by ${wanted}, unless that is so already${taken}`,
    ),
  ];
}

/** Says what an update will do: enable encryption, give its key to another holder, or nothing for now. */
export function foreseenUpdate(
  olds: HardwareEncryptionOutputs,
  news: HardwareEncryptionInputs,
  { history }: Pick<Comparing, "history">,
): Line[] {
  const place = clusterOf(news);
  if (!olds.complete) {
    return [announcement(`${place}: will look how hardware encryption has changed, and do what is missing`)];
  }
  // A run was cut off. Only a look at the cluster shows what it has done, and so what is left to do.
  if (history.of(olds.clusterUniqueID).standing === "open") return [];
  const holder = Holder.of(olds.keyProviderID);
  if (!isWanted(news) || (isOn(olds) && holder === Holder.wanted(news))) {
    return [info(`${place}: hardware encryption stays as it is: only what later runs do changes`)];
  }
  const heldByWanted = `with its key held by ${Holder.wantedInWords(news)}`;
  if (!isOn(olds)) return [announcement(`${place}: will enable hardware encryption, ${heldByWanted}`)];
  const held = Holder.inWords(holder);
  const change = announcement(
    `${place}: will disable hardware encryption, and enable it again ${heldByWanted} instead of ${held}`,
  );
  const isRefused = wasChangedByHand(olds) && holder !== "internal" && !news.takeOver && !olds.isOfThisStack;
  if (!isRefused) return [change];
  return [change, warning(`${place}: that will be refused: ${held} holds the key, and takeOver is not set`)];
}

const isOn = ({ encryptionAtRestState }: HardwareEncryptionOutputs): boolean => encryptionAtRestState === "enabled";
