import { Machine } from "../../chassis/machine";
import type { Act, RegionSecrets, RegionState } from "./state";
import type { Switches } from "./switches";

/** A region of the service, with all its instances. */
export class Region extends Machine<RegionState, RegionSecrets, Switches> {
  /** Milliseconds since a moment of the state, by the region's clock. */
  since(moment: string): number {
    return this.now().getTime() - Date.parse(moment);
  }

  /** Who asks by REST, now. */
  act(by = this.state.owner): Act {
    return { at: this.now().toISOString(), by };
  }
}

/** A moment as the API writes it. */
export const timestamp = (moment: string): string => `${moment.slice(0, 19)}Z`;
