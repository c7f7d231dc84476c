import { METHODS } from "../../../provider/element/api/methods";
import type { Method } from "../../../provider/element/api/types";
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
        most(({ methods }) => sum(Object.values(methods).map(({ calls }) => calls))),
        most(({ methods }) => methods.GetAsyncResult?.calls ?? 0),
        most(({ methods }) =>
          Math.max(
            0,
            ...Object.entries(methods)
              .filter(isList)
              .map(([, { calls }]) => calls),
          ),
        ),
        most(({ handshakes }) => handshakes),
      ];
    }),
  );
  return table(["clusters, command", "calls", "of them polls", "of the same list", "TLS handshakes"], rows);
}

const isList = ([method]: [string, unknown]): boolean =>
  method.startsWith("List") && METHODS[method as Method]?.effect === "read";
