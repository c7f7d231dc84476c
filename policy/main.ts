import "../provider/core/node/required";

import { PolicyPack } from "@pulumi/policy";
import { policies } from "./index";

/** What `--policy-pack` runs. */
new PolicyPack("pulumi-ekm", { policies, displayName: "External key management" });
