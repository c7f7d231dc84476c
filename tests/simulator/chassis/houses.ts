import { closeAfterTest, temporaryFolder } from "../cleanup";
import { ask, type HttpAnswer } from "../https-caller";
import { Lighthouse } from "./lamps";

/** A lighthouse of its own for one test. */
export async function startLighthouse(
  options: Partial<Parameters<typeof Lighthouse.start>[0]> = {},
): Promise<Lighthouse> {
  const house = await Lighthouse.start({ stateDir: await temporaryFolder(), ...options });
  closeAfterTest(() => house.close());
  return house;
}

/** Asks for a verb and a path: `GET /lamps`. */
export function request(house: Lighthouse, line: string): Promise<HttpAnswer> {
  const [verb, path = ""] = line.split(" ");
  return ask(house, { verb, path });
}

export const jsonOf = async (answer: Promise<HttpAnswer>) => JSON.parse((await answer).body);
