// Adds one to the number in a file, many times, in steps that only a lock keeps together; or holds the lock for ever.
const { readFileSync, writeFileSync } = require("node:fs");
const { setTimeout: delay } = require("node:timers/promises");
const { withMachineLock } = require("../../dist/provider/adapters/process/machine-lock");

const [lock, counter, rounds] = process.argv.slice(2);

async function main() {
  for (let round = 0; round < Number(rounds); round += 1) {
    await withMachineLock(lock, { onWait() {} }, async () => {
      const before = Number(readFileSync(counter, "utf8"));
      await delay(2);
      writeFileSync(counter, String(before + 1));
    });
  }
  if (Number(rounds) > 0) return;
  await withMachineLock(lock, { onWait() {} }, async () => {
    process.stdout.write("held");
    await new Promise((resolve) => process.stdin.once("data", resolve));
  });
}

main();
