import { bundlePlugin } from "./bundle";

bundlePlugin().catch((error) => {
  console.error(error);
  process.exit(1);
});
