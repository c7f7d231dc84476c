import { checkSwitches, type SwitchValues } from "./switch-values";

/** Reads `HOST:PORT`. */
export function addressOf(option: string, value: string): { host: string; port: number } {
  const [, host, port] = /^\[?([^\]]+)\]?:(\d+)$/.exec(value) ?? [];
  if (host === undefined || Number(port) > 65_535) throw new RangeError(`${option} takes HOST:PORT, not ${value}`);
  return { host, port: Number(port) };
}

/** The port of a control endpoint, which has no login and therefore stays on this machine. */
export function controlPortOf(value: string): number {
  const { host, port } = addressOf("--control", value);
  if (host !== "127.0.0.1") throw new RangeError("--control listens on 127.0.0.1 only");
  return port;
}

export function secondsOf(option: string, value: string): number {
  const number = Number(value);
  if (!(number >= 0)) throw new RangeError(`${option} takes seconds, not ${value}`);
  return number;
}

export function countOf(option: string, value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new RangeError(`${option} takes a number from 1, not ${value}`);
  return Number(value);
}

/** Reads each `NAME=JSON` of `--switch`. */
export function switchesOf<Switches>(allowed: SwitchValues<Switches>, given: string[]): Partial<Switches> {
  const entries = given.map((text): [string, unknown] => {
    const [name = "", ...value] = text.split("=");
    try {
      return [name, JSON.parse(value.join("="))];
    } catch {
      throw new RangeError(`--switch ${name} takes a JSON value: ${name}=${JSON.stringify(value.join("="))}`);
    }
  });
  return checkSwitches(allowed, Object.fromEntries(entries));
}

/** Tells where a simulator is, as one line of JSON, and keeps it in service until the process is told to end. */
export function serve(simulator: { close(): Promise<void> }, told: object): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
  const end = () => void simulator.close().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}
