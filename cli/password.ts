import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { UsageError } from "./command";

/**
 * Asks for a password at the terminal. Nothing of it is shown.
 *
 * @throws UsageError without a terminal, whose own echo could not be switched off, and when none is given
 */
export function askPassword(prompt: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError("there is no terminal to ask for the password: give it as EKM_PASSWORD in the environment");
  }
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  // Not before: from here on, the terminal itself has no echo.
  process.stderr.write(prompt);
  return new Promise((resolve, reject) => {
    terminal.once("line", (password) => {
      resolve(password);
      terminal.close();
    });
    // Also at Ctrl-C and Ctrl-D.
    terminal.once("close", () => {
      process.stderr.write("\n");
      reject(new UsageError("no password is given"));
    });
  });
}
