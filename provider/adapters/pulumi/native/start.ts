#!/usr/bin/env node
import "../../../core/node/required-by-command";

import { mkdirSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/** An engine starts the plugin for every run: compiled code that is kept makes it start in half the time. */
function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  try {
    const folder = join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-ekm", "compiled");
    // Whoever could write to it could have the plugin run anything.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    enableCompileCache(folder);
  } catch {
    // A machine without a home folder, or with one that is full: the plugin starts as slowly as it must.
  }
}

keepCompiledCode(process.env);
require("./main");
