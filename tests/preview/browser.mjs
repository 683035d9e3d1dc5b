// Uses the preview as a person would, and prints a JSON object a step: {"step", "failures"}.
//
//     node browser.mjs CHROMIUM ADDRESS TEMPLATE GALLERY
//
// TEMPLATE is the file of the Norwegian consent that the preview watches; it is changed.
// GALLERY is the index of a gallery.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const need = createRequire(new URL("../conformance/package.json", import.meta.url));
const axe = need("axe-core");
const { chromium } = need("playwright-core");

const [program, address, template, gallery] = process.argv.slice(2);
const words = readFileSync(template, "utf-8");
const save = (from, to) => writeFileSync(template, words.replace(from, to));
const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu"] });
const noise = [];
const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
const page = await open("?service=molde&kind=consent&view=web");

async function open(query) {
  const opened = await context.newPage();
  opened.on("console", (message) => noise.push(`console: ${message.text()}`));
  opened.on("pageerror", (error) => noise.push(`script: ${error.message}`));
  opened.on("request", (request) => {
    if (![address, "data:", "file:"].some((known) => request.url().startsWith(known))) noise.push(`request: ${request.url()}`);
  });
  await opened.goto(`${address}/${query}`);
  return opened;
}

async function step(name, act) {
  const failures = [];
  try {
    await act();
  } catch (error) {
    failures.push(String(error.message ?? error));
  }
  failures.push(...noise.splice(0));
  console.log(JSON.stringify({ step: name, failures }));
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

const frame = (of = page) => of.locator("#shown iframe").last().contentFrame();
const sees = (text, of = page) => frame(of).getByText(text).first().waitFor();
const quiet = (of = page) => of.waitForSelector('#shown[aria-busy="false"]');

async function accessible(of) {
  await of.evaluate(axe.source);
  const found = await of.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], iframes: false }));
  expect(found.violations.length === 0, found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target)}`).join("; "));
}

await step("the web page is shown", () => sees("Du bestemmer."));
await step("a saved word is seen, and its line is outlined", async () => {
  save("Du bestemmer.", "Du avgjør.");
  await sees("Du avgjør.");
  const outlined = await frame().locator('[style*="outline"]').allTextContents();
  expect(outlined.join(" ").includes("Du avgjør."), `outlined: ${outlined}`);
});
await step("while it is broken the last good page stays under the mistakes", async () => {
  save("{% if", "{% fi");
  await page.waitForSelector("#broken:not([hidden])");
  const told = await page.locator("#problems").innerText();
  expect(/no\/consent\.html:\d+:\d+/.test(told), told);
  expect((await page.locator("#problems a").first().getAttribute("href")).startsWith("vscode://file/"), "no link");
  expect((await page.locator("#problems mark").count()) > 0, "no mark");
  await sees("Du avgjør.");
  await accessible(page);
});
await step("once it is mended the mistakes are gone", async () => {
  save("Du bestemmer.", "Du velger.");
  await sees("Du velger.");
  await page.waitForSelector("#broken", { state: "hidden" });
});
await step("a word tells where it comes from", async () => {
  await frame().getByText("Du velger.").first().click();
  await page.locator("#word a").waitFor();
  expect(/no\/consent\.html:\d+/.test(await page.locator("#word").innerText()), "no place");
  const value = frame().locator("[data-path]").first();
  const path = await value.getAttribute("data-path");
  await value.click();
  await page.locator("#word", { hasText: path }).waitFor();
  await page.locator("#word", { hasText: "Label" }).waitFor();
});
await step("two pages live at once", async () => {
  const second = await open("?service=molde&kind=consent&view=text");
  save("Du bestemmer.", "Du rår.");
  await second.getByText("Du rår.").first().waitFor();
  await sees("Du rår.");
  await second.close();
});
await step("the choice stands in the address", async () => {
  await page.selectOption("[name=kind]", "final_report");
  await page.selectOption("[name=state]", "final");
  await quiet();
  expect(page.url().includes("kind=final_report"), page.url());
  expect(page.url().includes("example="), page.url());
  await page.goBack();
  await page.goBack();
  expect((await page.locator("[name=kind]").inputValue()) === "consent", "not gone back");
});
await step("two languages", async () => {
  await page.selectOption("[name=beside]", "da");
  await page.getByRole("button", { name: "Two languages" }).click();
  await page.getByText("Samtykke til at dele oplysninger").waitFor();
  await accessible(page);
});
await step("what changed", async () => {
  await page.fill("[name=against]", "built-in");
  await page.locator("[name=against]").press("Tab");
  await page.getByRole("button", { name: "What changed" }).click();
  await page.locator("ins", { hasText: "rår." }).waitFor();
});
await step("by keyboard alone", async () => {
  await page.goto(`${address}/?service=molde&kind=consent&view=text`);
  await quiet();
  await page.keyboard.press("1");
  await page.waitForSelector("img.page");
  await page.keyboard.press("n");
  await page.waitForFunction(() => location.search.includes("example="));
  await quiet();
  await page.keyboard.press("/");
  expect(await page.evaluate(() => document.activeElement.name === "search"), "no focus");
  await page.keyboard.type("molde-none");
  await page.keyboard.press("Tab");
});
for (const view of ["pages", "word", "facts", "data"]) {
  await step(`the view ${view} is accessible`, async () => {
    await page.goto(`${address}/?service=molde&kind=final_report&state=final&view=${view}`);
    await quiet();
    await accessible(page);
  });
}
await step("on a phone", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const view of ["text", "data", "pages", "web"]) {
    await page.goto(`${address}/?service=molde&kind=consent&view=${view}`);
    await quiet();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width <= 320, `${view} is ${width} wide`);
  }
  await accessible(page);
});
await step("the gallery is accessible, filters without a script and fits a phone", async () => {
  await page.goto(pathToFileURL(gallery).href);
  await accessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width <= 320, `it is ${width} wide`);
  const shown = page.locator("li[data-kind]");
  expect(await shown.first().isVisible(), "nothing is shown");
  await page.locator("fieldset input").last().uncheck();
  expect(!(await shown.first().isVisible()), "the filter hides nothing");
});
await browser.close();
