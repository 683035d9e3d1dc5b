// Opens pages in Chromium and prints a JSON object a line: {"file": ..., "failures": [...]}.
//
//     node axe.mjs CHROMIUM FILE...
//
// axe-core checks WCAG 2.1 A and AA. Added to it: text reflows on a narrow screen (1.4.10), and the
// page asks for nothing, runs nothing and breaks no rule of its own content security policy.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 320, height: 640 };
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function check(context, file) {
  const failures = [];
  const address = pathToFileURL(file).href;
  const page = await context.newPage();
  page.on("console", (message) => failures.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => failures.push(`script: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) {
      failures.push(`request: ${request.url()}`);
    }
  });
  await page.goto(address);
  await page.evaluate(axe.source);
  await page.evaluate(`window.scrollsSideways = ${SCROLLS_SIDEWAYS}`);
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size);
    failures.push(...(await violations(page)).map((one) => `${size.width} px: ${one}`));
  }
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > PHONE.width) {
    failures.push(`reflow: ${width} px wide on a screen of ${PHONE.width} px`);
  }
  const scrolled = await page.evaluate(
    () => [...document.querySelectorAll("div")].filter(scrollsSideways).length,
  );
  if (scrolled) failures.push(`sideways: ${scrolled} parts are scrolled sideways`);
  await page.close();
  return failures;
}

const SCROLLS_SIDEWAYS = `function scrollsSideways(part) {
  const { overflowX } = getComputedStyle(part);
  return ["auto", "scroll"].includes(overflowX) && part.scrollWidth > part.clientWidth;
}`;

async function violations(page) {
  const result = await page.evaluate(
    (tags) => window.axe.run({ runOnly: { type: "tag", values: tags } }),
    TAGS,
  );
  return result.violations.map(
    (rule) => `${rule.id}: ${rule.help} at ${rule.nodes.map((node) => node.target).join(", ")}`,
  );
}

const [executablePath, ...files] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "axe-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  args: QUIET,
  viewport: DESKTOP,
});
try {
  for (const file of files) {
    console.log(JSON.stringify({ file, failures: await check(context, file) }));
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
