import { canarySuite } from "../acceptance/canary/suite";

canarySuite("native");
