const { accessSync, constants } = require("node:fs");
const { delimiter, join } = require("node:path");

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The Chromium of this machine: the one that CHROMIUM names, or the first on PATH. */
function findChromium({ CHROMIUM, PATH = "" } = process.env) {
  const files = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...(CHROMIUM ? [CHROMIUM] : []), ...files].find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

module.exports = { findChromium };
