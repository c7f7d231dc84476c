import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { type SecretQuestion, UsageError } from "./command";

/**
 * Asks for a secret at the terminal. Nothing of it is shown.
 *
 * @throws UsageError without a terminal, whose own echo could not be switched off, and when none is given
 */
export function askSecret({ prompt, noun, variable }: SecretQuestion): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(`there is no terminal to ask for the ${noun}: give it as ${variable} in the environment`);
  }
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  // Not before: from here on, the terminal itself has no echo.
  process.stderr.write(prompt);
  return new Promise((resolve, reject) => {
    terminal.once("line", (secret) => {
      resolve(secret);
      terminal.close();
    });
    // Also at Ctrl-C and Ctrl-D.
    terminal.once("close", () => {
      process.stderr.write("\n");
      reject(new UsageError(`no ${noun} is given`));
    });
  });
}
