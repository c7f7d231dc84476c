/** What is ours and the engine's, and what sounds like anyone's secret. */
const CONFIDENTIAL =
  /^(PULUMI|EKM)_|PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|PRIVATE_?KEY|ACCESS_?KEY|API_?KEY|_AUTH$/i;

/** An environment for programs that have no use for secrets: compilers, installers, simulators. */
export const withoutSecrets = (environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !CONFIDENTIAL.test(name)));

/** A proxy that the environment names does not reach what runs on this machine. */
export function withDirectLoopback(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const named = environment.no_proxy || environment.NO_PROXY;
  const exempt = [...(named ? [named] : []), "localhost", "127.0.0.1", "::1"].join(",");
  return { ...environment, no_proxy: exempt, NO_PROXY: exempt };
}
