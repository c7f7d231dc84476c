const { setTimeout: delay } = require("node:timers/promises");
const { resources } = require("./graph.json");

/** A provider that answers with what was recorded, after the time that the resource's system takes. */
exports.waiting = (type) => {
  const { id, outputs, waitSeconds } = resources.find((resource) => resource.type === type);
  return {
    diff: async () => ({ changes: false }),
    create: async (inputs) => {
      await delay(waitSeconds * 1000);
      return { id, outs: { ...outputs, ...inputs } };
    },
  };
};
