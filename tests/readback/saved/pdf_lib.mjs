// Fills in form.pdf with pdf-lib, as many web services do. Usage: node pdf_lib.mjs FONT.ttf
import fs from "node:fs";
import fontkit from "@pdf-lib/fontkit";
import { PDFCheckBox, PDFDocument, PDFDropdown, PDFRadioGroup, PDFTextField } from "pdf-lib";

const { fields } = JSON.parse(fs.readFileSync("values.json", "utf-8"));
const document = await PDFDocument.load(fs.readFileSync("form.pdf"));
document.registerFontkit(fontkit);
const font = await document.embedFont(fs.readFileSync(process.argv[2]), { subset: true });
const form = document.getForm();
for (const [name, value] of Object.entries(fields)) {
  const field = form.getField(name);
  if (field instanceof PDFTextField) field.setText(value);
  else if (field instanceof PDFDropdown) field.select(value);
  else if (field instanceof PDFRadioGroup) field.select(value.slice(1));
  else if (field instanceof PDFCheckBox) field.check();
}
form.updateFieldAppearances(font);
fs.writeFileSync("pdf_lib.pdf", await document.save({ updateFieldAppearances: false }));
