import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { pythonInterpreter } from "../python";

export interface PyKmipServerOptions {
  /** PEM of the server's certificate. */
  cert: string;
  /** PEM of its private key. */
  key: string;
  /** PEM of the authority whose client certificates are let in. They must allow client authentication. */
  ca: string;
  /** Holds configuration, log and database; a second server on the same folder goes on with the first one's objects. */
  dir: string;
}

/** A key as PyKMIP's own database has it; destroyed keys are gone from there. */
export interface PyKmipObject {
  uid: string;
  names: string[];
  /** Such as `PRE_ACTIVE`. */
  state: string;
  algorithm: string;
  length: number;
  /** Common name of the client certificate that created it. */
  owner: string;
}

export interface PyKmipServer {
  port: number;
  objects(): Promise<PyKmipObject[]>;
  stop(): Promise<void>;
}

/** Starts PyKMIP's server on a free port of 127.0.0.1; resolves when it accepts connections. */
export async function startPyKmipServer({ cert, key, ca, dir }: PyKmipServerOptions): Promise<PyKmipServer> {
  const python = await pythonInterpreter();
  // PyKMIP takes absolute paths only.
  const directory = resolve(dir);
  await mkdir(directory, { recursive: true });
  await Promise.all([
    writeFile(join(directory, "server.pem"), cert),
    writeFile(join(directory, "server.key"), key, { mode: 0o600 }),
    writeFile(join(directory, "ca.pem"), ca),
  ]);
  const child = spawn(python, ["-W", "ignore", join(__dirname, "run_server.py"), directory], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let complaints = "";
  child.stderr.on("data", (text) => {
    complaints += text;
  });
  const [line] = await Promise.race([
    once(createInterface(child.stdout), "line"),
    exited.then(() => {
      throw new Error(`PyKMIP's server did not start: ${complaints}`);
    }),
  ]);
  return {
    port: JSON.parse(line).port,
    objects: () => listObjects(python, join(directory, "pykmip.db")),
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

async function listObjects(python: string, database: string): Promise<PyKmipObject[]> {
  const script = join(__dirname, "list_objects.py");
  const { stdout } = await promisify(execFile)(python, ["-W", "ignore", script, database]);
  return JSON.parse(stdout);
}
