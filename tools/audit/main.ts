import { AuditError, audit } from "./advisories";

/** Fails where a grave vulnerability is known; a service that cannot be asked is told about, and no failure. */
async function main(): Promise<number> {
  const outcome = await audit(process.argv.slice(2));
  switch (outcome.kind) {
    case "clean":
      console.log("audit: no advisory of high or critical severity for what users of the package get");
      return 0;
    case "unreachable":
      console.log(`audit: NOT DONE, the audit service cannot be asked: ${outcome.reason}`);
      return 0;
    case "vulnerable":
      for (const { package: name, severity, title, url } of outcome.advisories) {
        console.error(`audit: ${name}: ${title} (${severity}, ${url})`);
      }
      return 1;
  }
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error) => {
    console.error(error instanceof AuditError ? error.message : error);
    process.exit(1);
  },
);
