import { type ErrorClass, errorClasses } from "./error-classes";

/** Codes by what they are about, in the order in which a run meets them. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "The connection": [
    "EKM_CONNECTION_NOT_CONFIGURED",
    "EKM_CONNECTION_CONFIGURATION",
    "EKM_CONNECTION_UNREACHABLE",
    "EKM_PROXY",
    "EKM_CONNECTION_TIMEOUT",
    "EKM_CONNECTION_THROTTLED",
    "EKM_CONNECTION_CERTIFICATE",
    "EKM_CONNECTION_HANDSHAKE",
    "EKM_CONNECTION_LOGIN",
    "EKM_PERMISSION_DENIED",
    "EKM_API_VERSION",
    "EKM_UNEXPECTED_ANSWER",
    "EKM_ELEMENT_API",
    "EKM_KEY_PROTECT_API",
    "EKM_VSPHERE_API",
    "EKM_TASK_FAILED",
    "EKM_TASK_DEADLINE",
    "EKM_CONNECTION_IDENTITY",
  ],
  "Key pair, key servers and key providers": [
    "EKM_KEY_PAIR_IN_USE",
    "EKM_CLIENT_CERTIFICATE_MISMATCH",
    "EKM_KEY_SERVER_TEST",
    "EKM_SERVER_ATTACHED_ELSEWHERE",
    "EKM_UNDECLARED_KEY_SERVER",
    "EKM_PROVIDER_ACTIVE",
    "EKM_OBJECT_NOT_FOUND",
    "EKM_EQUAL_OBJECT_EXISTS",
    "EKM_DECLARED_TWICE",
    "EKM_AMBIGUOUS_OBJECT",
  ],
  "The master key": [
    "EKM_SOFTWARE_ENCRYPTION_DISABLED",
    "EKM_MASTER_KEY_HELD_ELSEWHERE",
    "EKM_RESOURCE_RENAMED",
    "EKM_REKEY_FAILED",
    "EKM_REKEY_DEADLINE",
    "EKM_KEY_UNAVAILABLE",
    "EKM_REPLACEMENT_REFUSED",
  ],
  "Hardware encryption and drives": [
    "EKM_HARDWARE_ENCRYPTION_UNSUPPORTED",
    "EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE",
    "EKM_HARDWARE_ENCRYPTION_FAILED",
    "EKM_HARDWARE_ENCRYPTION_DEADLINE",
    "EKM_CLUSTER_UNHEALTHY",
    "EKM_DRIVE_NOT_AVAILABLE",
    "EKM_DRIVE_RECOVERY_FAILED",
    "EKM_DRIVE_RECOVERY_DEADLINE",
  ],
  "Key Protect": [
    "EKM_ROTATION_TOO_EARLY",
    "EKM_ROOT_KEY_IMPORTED",
    "EKM_ROOT_KEY_SUSPENDED",
    "EKM_ROOT_KEY_DELETED",
    "EKM_ROOT_KEY_IN_USE",
    "EKM_KEYS_IN_ADAPTER",
    "EKM_ADAPTER_HAS_CLIENTS",
    "EKM_CERTIFICATE_REGISTERED_ELSEWHERE",
    "EKM_PROPAGATION_DEADLINE",
    "EKM_UNDECLARED_CERTIFICATE",
  ],
  "Key providers of vSphere": [
    "EKM_SERVER_CERTIFICATE",
    "EKM_KEY_PROVIDER_UNHEALTHY",
    "EKM_KEY_PROVIDER_IN_USE",
    "EKM_KEY_PROVIDER_DEFAULT",
    "EKM_INTERRUPTION",
    "EKM_CLIENT_KEY_REPLACED",
    "EKM_PRIMARY_KEY_CHANGED",
  ],
  "Certificates, signing requests and keys": [
    "EKM_PEM_MALFORMED",
    "EKM_CERTIFICATE_MALFORMED",
    "EKM_CSR_MALFORMED",
    "EKM_DER_MALFORMED",
    "EKM_CSR_SIGNATURE_INVALID",
    "EKM_SIGNATURE_ALGORITHM_UNSUPPORTED",
    "EKM_KEY_UNUSABLE",
    "EKM_ISSUER_UNUSABLE",
  ],
  "The run itself": [
    "EKM_NODE_VERSION",
    "EKM_RUN_INCOMPLETE",
    "EKM_ENGINE_GONE",
    "EKM_LOCK_UNAVAILABLE",
    "EKM_PROGRAM_DEPENDENCY",
    "EKM_NEWER_STATE",
    "EKM_NOT_IMPORTABLE",
    "EKM_INCOMPLETE",
  ],
  "The command line": ["EKM_OUTPUT_FOLDER", "EKM_STATE", "EKM_REPORT_FILE"],
};

/** Every error code, with a link to what to do about it. */
export function errorIndexPage(classes: readonly ErrorClass[] = errorClasses()): string {
  const meanings = new Map(classes.map(({ code, meaning }) => [code, meaning]));
  const ungrouped = classes.filter(({ code }) => !Object.values(GROUPS).some((codes) => codes.includes(code)));
  if (ungrouped.length > 0) throw new Error(`codes without a group: ${ungrouped.map(({ code }) => code).join(", ")}`);
  const sections = Object.entries(GROUPS).map(
    ([title, codes]) => `## ${title}

| Code | Cause |
| --- | --- |
${codes.map((code) => `| [\`${code}\`](${code}.md) | ${meaningOf(code, meanings)} |`).join("\n")}
`,
  );
  return `# Errors

<!-- Made by "npm run generate" from the doc comments of the error classes. -->

A message begins with its code, and then says what was attempted, on which object of which cluster, instance or vCenter, why it
failed (in the system's own words where it gave any), and the way out. Of a resource that is refused before anything is done,
Pulumi names the resource and the property in front of the code. A mere mistake in an argument has no code: the message says
what the property must be. Every code has a page: what happened and what did not, how to look, how to get out. The messages
on the pages were captured by the tests, on simulated systems.

What holds whatever the code is, and how often a call is tried, is in [Failures](../failures.md).

## Calling a method by hand

Where a page names a method of the Element API, this calls it as an administrator, and asks for the password:

\`\`\`sh
openssl s_client -connect HOST:443 </dev/null 2>/dev/null | openssl x509 > cluster.pem
openssl x509 -noout -fingerprint -sha256 < cluster.pem   # compare it with the one that you know
curl --cacert cluster.pem --user admin --header 'content-type: application/json-rpc' \\
  --data '{"method": "GetClusterInfo", "params": {}, "id": 1}' https://HOST/json-rpc/12.3
\`\`\`

With \`--insecure\` in place of \`--cacert\`, the password goes to whoever answers. Methods that begin with Get, List or Test
change nothing, but for \`GetAsyncResult\` without \`"keepResult": true\`, which deletes the record of a job that has ended.

## Calling Key Protect by hand

Where a page says \`key_protect\`, it is this function of a shell (bash or zsh), with the instance's region and GUID put in. The
first lines ask for the API key, which no other process sees, and fetch a token that is good for an hour:

\`\`\`sh
printf 'API key: '; read -rs api_key
token=$(printf %s "$api_key" | curl --silent --data-urlencode apikey@- --data-urlencode \\
  grant_type=urn:ibm:params:oauth:grant-type:apikey https://iam.cloud.ibm.com/identity/token | jq -r .access_token)
key_protect() {
  curl --silent --request "$1" --config <(printf 'header = "Authorization: Bearer %s"\\n' "$token") \\
    --header 'bluemix-instance: GUID' "https://REGION.kms.cloud.ibm.com/api/v2$2"
}
key_protect GET /kmip_adapters | jq
\`\`\`

\`GET\` changes nothing.

## Calling a vCenter by hand

Where a page says \`vcenter\`, it is this function of a shell (bash or zsh), for the vSphere Automation API. The first lines ask
for the password, which no other process sees, and make a session:

\`\`\`sh
openssl s_client -connect HOST:443 </dev/null 2>/dev/null | openssl x509 > vcenter.pem   # compare its fingerprint
printf 'Password: '; read -rs password
session=$(curl --silent --cacert vcenter.pem --config <(printf 'user = "NAME@DOMAIN:%s"\\n' "$password") \\
  --request POST https://HOST/api/session | jq -r .)
vcenter() {
  curl --silent --cacert vcenter.pem --request "$1" --config <(printf 'header = "vmware-api-session-id: %s"\\n' "$session") \\
    "https://HOST/api$2"
}
kms=/vcenter/trusted-infrastructure/trust-authority-clusters/domain-c8/kms
task=$(vcenter GET "$kms/providers?vmw-task=true" | jq -r @uri)
vcenter GET "/cis/tasks/$task" | jq '.status, .error, .result'
\`\`\`

What is about key providers answers with a task, whose result is what was asked for: ask for it again while it is \`PENDING\` or
\`RUNNING\`. \`GET\` changes nothing. For standard key providers, \`govc kms.ls -json\` of
[govc](https://github.com/vmware/govmomi/tree/main/govc) shows the same.

${sections.join("\n")}`;
}

function meaningOf(code: string, meanings: ReadonlyMap<string, string>): string {
  const meaning = meanings.get(code);
  if (meaning === undefined) throw new Error(`no class has the code ${code}`);
  return meaning;
}
