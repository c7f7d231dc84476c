import { canarySuite } from "./canary/suite";

canarySuite("dynamic");
