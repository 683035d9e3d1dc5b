// Fills in form.pdf with PDF.js in Chromium, as Firefox does.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { chromium } from "playwright-core";

const library = path.resolve("node_modules/pdfjs-dist");
const types = { ".mjs": "text/javascript", ".pdf": "application/pdf", ".wasm": "application/wasm" };
const server = http.createServer((request, answer) => {
  const name = request.url === "/form.pdf" ? "form.pdf" : path.join(library, request.url);
  answer.setHeader("content-type", types[path.extname(name)] ?? "text/html");
  answer.end(fs.statSync(name, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(name) : "");
});
await new Promise((ready) => server.listen(0, ready));
const address = `http://localhost:${server.address().port}`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(address);
const { fields } = JSON.parse(fs.readFileSync("values.json", "utf-8"));
const saved = await page.evaluate(async (fields) => {
  const pdfjs = await import("/build/pdf.mjs");
  pdfjs.GlobalWorkerOptions.workerSrc = "/build/pdf.worker.mjs";
  const document = await pdfjs.getDocument({ url: "/form.pdf", isEvalSupported: false }).promise;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    for (const widget of await page.getAnnotations()) {
      const value = fields[widget.fieldName];
      if (value === undefined) continue;
      const state = widget.checkBox ? value === `/${widget.exportValue}`
        : widget.radioButton ? value === `/${widget.buttonValue}` : value;
      document.annotationStorage.setValue(widget.id, { value: state });
    }
  }
  return Array.from(await document.saveDocument());
}, fields);
fs.writeFileSync("pdfjs.pdf", Uint8Array.from(saved));
await browser.close();
server.close();
