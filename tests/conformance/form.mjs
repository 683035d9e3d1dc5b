// Fills in forms in Chromium as people do, and prints a JSON object a line:
// {"file": ..., "saved": ..., "failures": [...]}.
//
//     node form.mjs CHROMIUM FILE VALUES [FILE VALUES]...
//
// VALUES is a JSON file of what is written at each path. Beside filling in: what was saved is
// opened again, a wrong day is told and found by its link, the keyboard goes through all controls,
// a choice can be taken back, and nothing is lost on paper.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const PATIENCE = 10_000;
const at = (path) => `[data-path="${path}"]:not([type=hidden])`;

const AS_PEOPLE_DO = 12;

// The first fields as people do, by pointing and typing, the others by the events that this makes.
async function fill(page, values) {
  const [first, others] = [{}, {}];
  for (const [number, [path, value]] of Object.entries(values).entries()) {
    (number < AS_PEOPLE_DO ? first : others)[path] = value;
  }
  for (const [path, value] of Object.entries(first)) await write(page, path, value);
  await page.evaluate((values) => {
    const tell = (one) => one.dispatchEvent(new Event("input", { bubbles: true }));
    for (const [path, value] of Object.entries(values)) {
      const found = [...document.querySelectorAll("[data-path]:not([type=hidden])")];
      const controls = found.filter((one) => one.dataset.path === path);
      if (typeof value === "string" || controls[0].tagName === "SELECT") {
        controls[0].value = [value].flat()[0];
        tell(controls[0]);
      } else {
        value.forEach((key) => controls.find((one) => one.value === key).click());
      }
    }
  }, others);
}

async function write(page, path, value) {
  const control = page.locator(at(path));
  if (typeof value === "string") {
    await control.first().fill(value);
  } else if ((await control.first().evaluate((one) => one.tagName)) === "SELECT") {
    await control.first().selectOption(value);
  } else {
    for (const key of value) await page.locator(`${at(path)}[value="${key}"]`).first().check();
  }
}

async function save(page, button = "#save") {
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: PATIENCE }),
    page.click(button),
  ]);
  return readFileSync(await download.path(), "utf8");
}

const focused = (page) => page.evaluate(() => document.activeElement.id);

// Opens a file and waits for what the page says to it.
async function opened(page, content, said) {
  const file = { name: "form.json", mimeType: "", buffer: Buffer.from(content) };
  await page.setInputFiles("#open", file);
  await page.waitForFunction((key) => {
    const form = document.getElementById("form");
    return document.getElementById("status").textContent === form.dataset[key];
  }, said);
}

async function reopen(page, saved, tell) {
  await page.click("#clear");
  const empty = JSON.parse(await save(page));
  const printed = await page.$$eval("input[type=hidden][data-path]", (all) => all.length);
  if (!printed && Object.keys(empty.values).length) tell("something is left after clearing");
  await opened(page, saved, "opened");
  if ((await save(page)) !== saved) tell("what was saved is not what was opened");
  const more = JSON.stringify({ ...JSON.parse(saved), values: { nowhere: "x" } });
  await opened(page, more, "openedPartly");
  await opened(page, saved, "opened");
  const other = saved.replace(/planforms \d+ \w+/, "planforms 1 other");
  await opened(page, other, "notOpened");
  await opened(page, "{", "notOpened");
  if ((await save(page)) !== saved) tell("another form's file changed this one");
}

async function errors(page, tell) {
  const date = page.locator("[data-type=date]:visible").first();
  if (!(await date.count())) return;
  await date.fill("i går");
  await page.click("#save");
  if ((await focused(page)) !== "errors") tell("the summary of errors has no focus");
  await page.click("#errors a");
  const found = await date.evaluate((one) => one === document.activeElement && one.ariaInvalid);
  if (found !== "true") tell("the summary does not lead to the field");
  const saved = JSON.parse(await save(page, "#save-anyway"));
  if (!Object.values(saved.values).includes("i går")) tell("what is doubtful was not saved");
}

async function keyboard(page, tell) {
  const order = await page.evaluate(() => {
    const once = new Set();
    const stops = [...document.querySelectorAll("#form :is(input, select, textarea)")];
    return stops.filter((one) => {
      if (one.type === "hidden" || (one.type === "radio" && once.has(one.name))) return false;
      once.add(one.name || one);
      return true;
    }).length;
  });
  await page.evaluate(() => document.activeElement.blur());
  await page.evaluate(() => scrollTo(0, 0));
  const seen = await page.evaluate(() => (globalThis.seen = []));
  for (let step = 0; step < order; step += 1) {
    await page.keyboard.press("Tab");
    await page.evaluate(() => globalThis.seen.push(document.activeElement));
  }
  const wrong = await page.evaluate(() => {
    const forward = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
    return globalThis.seen.findIndex((one, n, all) => n && !forward(all[n - 1], one));
  });
  if (seen.length || wrong > 0) tell(`the keyboard goes another way at stop ${wrong}`);
}

async function takeBack(page, tell) {
  const radio = page.locator("input[type=radio]:visible").first();
  if (!(await radio.count())) return;
  await radio.check();
  await radio.click();
  await page.waitForTimeout(20);
  if (await radio.isChecked()) tell("a click does not take a choice back");
  await radio.check();
  await radio.press(" ");
  await page.waitForTimeout(20);
  if (await radio.isChecked()) tell("the space bar does not take a choice back");
}

async function paper(page, values, tell) {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const words = await page.evaluate(() => document.body.innerText);
  for (const [path, value] of Object.entries(values)) {
    const shown = typeof value !== "string" || words.includes(value.split("\n").at(-1).trim());
    if (!shown) tell(`on paper the value of ${path} is missing`);
  }
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  if (await page.locator(".printed").count()) tell("what was for paper is still there");
  await page.emulateMedia({ media: "screen" });
}

async function use(context, file, values) {
  const failures = [];
  const tell = (text) => failures.push(text);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const address = pathToFileURL(file).href;
  page.on("console", (message) => tell(`console: ${message.text()}`));
  page.on("pageerror", (error) => tell(`script: ${error.message}`));
  page.on("dialog", (dialog) => dialog.accept());
  page.on("request", (request) => {
    const known = request.url() === address || /^(data|blob):/.test(request.url());
    if (!known) tell(`request: ${request.url()}`);
  });
  await page.goto(address);
  let saved = "";
  try {
    await keyboard(page, tell);
    await fill(page, values);
    (await page.evaluate(apart)).forEach((path) => tell(`${path} is not the same in both places`));
    saved = await save(page);
    await paper(page, values, tell);
    await reopen(page, saved, tell);
    await takeBack(page, tell);
    await errors(page, tell);
  } catch (error) {
    tell(`given up: ${error.message}`);
  }
  await page.close({ runBeforeUnload: false });
  return { file, saved, failures };
}

// Paths whose value is one here and another there.
function apart() {
  const [first, found] = [{}, []];
  for (const one of document.querySelectorAll("input[type=text], textarea, select")) {
    const path = one.dataset.path;
    first[path] ??= one.value;
    if (first[path] !== one.value) found.push(path);
  }
  return found;
}

const [executablePath, ...files] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "form-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  args: QUIET,
  viewport: { width: 1280, height: 900 },
  acceptDownloads: true,
});
try {
  for (let index = 0; index < files.length; index += 2) {
    const values = JSON.parse(readFileSync(files[index + 1], "utf8"));
    console.log(JSON.stringify(await use(context, files[index], values)));
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
