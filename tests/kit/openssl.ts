import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type KeyKind = "rsa2048" | "rsa1024" | "p256" | "p384" | "ed25519";

export interface KeyAndCertificate {
  key: string;
  certificate: string;
}

const KEY_ARGUMENTS: Record<KeyKind, string[]> = {
  rsa2048: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
  rsa1024: ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
  p256: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
  p384: ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
  ed25519: ["-algorithm", "ED25519"],
};

/** The `openssl` command as a second opinion, in a directory of its own. */
export class Openssl {
  private readonly directory = mkdtempSync(join(tmpdir(), "ekm-openssl-"));
  private files = 0;

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  run(...args: string[]): string {
    const { status, stdout, stderr } = this.attempt(...args);
    if (status !== 0) throw new Error(`openssl ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  attempt(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync("openssl", args, { cwd: this.directory, encoding: "utf8" });
  }

  file(content: string): string {
    const name = `file-${++this.files}`;
    writeFileSync(join(this.directory, name), content);
    return name;
  }

  key(kind: KeyKind): string {
    return this.run("genpkey", ...KEY_ARGUMENTS[kind]);
  }

  request(key: string, subject: string, ...more: string[]): string {
    return this.run("req", "-new", "-utf8", "-key", this.file(key), "-subj", subject, ...more);
  }

  selfSigned(kind: KeyKind, subject: string, ...more: string[]): KeyAndCertificate {
    const key = this.key(kind);
    const usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign"];
    return { key, certificate: this.run("req", "-x509", "-key", this.file(key), "-subj", subject, ...usage, ...more) };
  }

  /** Signs with `openssl x509`; `extensions` is the text of an extension file. */
  sign(request: string, issuer: KeyAndCertificate, extensions: string, ...more: string[]): string {
    const [csr, ca, key] = [request, issuer.certificate, issuer.key].map((content) => this.file(content));
    const common = ["-in", csr ?? "", "-CA", ca ?? "", "-CAkey", key ?? "", "-CAcreateserial"];
    return this.run("x509", "-req", ...common, "-extfile", this.file(extensions), ...more);
  }

  /** The DER of a PEM text's first block. */
  der(pem: string, kind: "x509" | "req"): Buffer {
    this.run(kind, "-in", this.file(pem), "-outform", "DER", "-out", "out.der");
    return readFileSync(join(this.directory, "out.der"));
  }

  /** SHA-256 of a key's SubjectPublicKeyInfo, computed without any code under test. */
  keyFingerprint(key: string): string {
    this.run("pkey", "-in", this.file(key), "-pubout", "-outform", "DER", "-out", "key.der");
    return this.run("dgst", "-sha256", "-r", "key.der").slice(0, 64);
  }
}
