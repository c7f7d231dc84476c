// Required before anything else in every Node process of a run. In the one that serves the provider, its pauses pass
// EKM_QUICK_PAUSES times as fast, and its deadlines for an answer EKM_QUICK_DEADLINES times.
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  const { dirname, join } = require("node:path");
  const { systemClock } = require(join(dirname(process.env.EKM_PACKAGE), "dist/provider/core/clock.js"));
  const { sleep, timeout } = systemClock;
  systemClock.sleep = (milliseconds, signal) => sleep(milliseconds / Number(process.env.EKM_QUICK_PAUSES), signal);
  systemClock.timeout = (milliseconds) => timeout(milliseconds / Number(process.env.EKM_QUICK_DEADLINES));
}
