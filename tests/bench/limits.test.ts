import { callsIn, mostOfOneList } from "./tables/calls";
import { measureTraffic } from "./tables/overhead";

const CLUSTERS = 2;
/** The reads of one moment, and a write beside them. */
const CONNECTIONS = 2;

it("asks each cluster of a fleet for nothing without need, and for nothing twice", async () => {
  const traffic = await measureTraffic(CLUSTERS);
  for (const command of ["up, no change", "preview"] as const) {
    expect(traffic[command].map(callsIn)).toEqual([0, 0]);
    expect(traffic[command].map(({ handshakes }) => handshakes)).toEqual([0, 0]);
  }
  for (const command of ["preview --refresh", "refresh"] as const) {
    expect(traffic[command].map(mostOfOneList)).toEqual([1, 1]);
  }
  for (const command of ["up", "preview --refresh", "refresh", "destroy"] as const) {
    const handshakes = traffic[command].map(({ handshakes }) => handshakes);
    expect(Math.max(...handshakes)).toBeLessThanOrEqual(CONNECTIONS);
    expect(Math.min(...handshakes)).toBeGreaterThan(0);
  }
}, 120_000);
