const { setTimeout: delay } = require("node:timers/promises");
const { resources, times } = require("./graph.json");

const recorded = new Map(resources.map((resource) => [resource.urn, resource]));

/** A provider that answers with what was recorded, after the time that a cluster itself takes for the type. */
exports.waiting = (type) => {
  const { create = 0, read = 0, remove = 0 } = times[type] ?? {};
  return {
    diff: async () => ({ changes: false }),
    create: async (inputs) => {
      await delay(create);
      const { id, outputs } = recorded.get(inputs.__resourceUrn);
      return { id, outs: { ...outputs, ...inputs } };
    },
    read: async (id, props) => {
      await delay(read);
      return { id, props };
    },
    delete: () => delay(remove),
  };
};
