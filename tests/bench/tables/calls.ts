import { METHODS } from "../../../provider/systems/element/api/methods";
import type { Method } from "../../../provider/systems/element/api/types";
import { sum, table } from "../figures";
import type { Traffic } from "../host/messages";
import { COMMANDS } from "../stack";
import type { Overhead } from "./overhead";

/** Per cluster: the most that any of a fleet has counted, because the goals are limits. */
export function describeCalls(measured: readonly Overhead[]): string {
  const rows = measured.flatMap(({ clusters, traffic }) =>
    COMMANDS.map((command) => {
      const most = (count: (of: Traffic) => number) => String(Math.max(...traffic[command].map(count)));
      return [
        `${clusters} × ${command}`,
        most(callsIn),
        most(({ methods }) => methods.GetAsyncResult?.calls ?? 0),
        most(mostOfOneList),
        most(({ handshakes }) => handshakes),
      ];
    }),
  );
  return table(["clusters, command", "calls", "of them polls", "of the same list", "TLS handshakes"], rows);
}

/** How many calls reached a cluster. */
export const callsIn = ({ methods }: Traffic): number => sum(Object.values(methods).map(({ calls }) => calls));

/** How often a cluster was asked for the same list. */
export const mostOfOneList = ({ methods }: Traffic): number =>
  Math.max(
    0,
    ...Object.entries(methods)
      .filter(isList)
      .map(([, { calls }]) => calls),
  );

const isList = ([method]: [string, unknown]): boolean =>
  method.startsWith("List") && METHODS[method as Method]?.effect === "read";
