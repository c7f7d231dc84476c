const pulumi = require("@pulumi/pulumi");

/** The quickstart's program with a master key that is made anew whenever the environment names another rotation. */
pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type.endsWith("element:MasterKey")
    ? { props: { ...props, rotationTriggers: { rotation: process.env.BENCH_ROTATION } }, opts }
    : undefined,
);

module.exports = require("./quickstart");
