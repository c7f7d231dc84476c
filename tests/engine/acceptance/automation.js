// Brings the stack of this folder up as a program of the Automation API does.
// Usage: node automation.js (inline | local) (continue | stop)
const { LocalWorkspace } = require("@pulumi/pulumi/automation");

const [, , kind, mode] = process.argv;
const stackName = process.env.PULUMI_STACK;
const workDir = __dirname;
const opening =
  kind === "inline"
    ? LocalWorkspace.selectStack(
        { stackName, projectName: "ekm", program: async () => require("./index.js") },
        { workDir },
      )
    : LocalWorkspace.selectStack({ stackName, workDir });

opening
  .then((stack) => stack.up({ continueOnError: mode === "continue", onOutput: (text) => process.stdout.write(text) }))
  .catch((error) => {
    process.stdout.write(error.message);
    process.exitCode = 1;
  });
