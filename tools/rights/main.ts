import { writeFileSync } from "node:fs";
import { SECURITY_PAGE, securityPage } from "./table";

writeFileSync(SECURITY_PAGE, securityPage());
