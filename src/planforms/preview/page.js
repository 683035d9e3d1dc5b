// The page of the preview: it asks for views, and asks again when a file has changed.

const at = (id) => document.getElementById(id);
const NAMES = {
  pages: "Pages", engines: "Both engines", web: "Web page", word: "Word file", word_pages: "Word pages", text: "Plain text", facts: "Facts",
  data: "Data", languages: "Two languages", revisions: "What changed", large: "Large print",
};
const STRESSES = { "": "none", pseudo: "longer words", longest: "longest values", sparse: "optional parts empty", protected: "protected identity" };
const FIELDS = ["service", "kind", "variant", "state", "example", "language", "beside", "stress", "sheet", "against"];

let offer = null;
let choice = {};
let number = 0;
let changed = [];
let asked = 0;

// --- small helpers -----------------------------------------------------------------------

function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

async function ask(path) {
  const answer = await fetch(path);
  return answer.json();
}

function query() {
  const given = FIELDS.filter((name) => choice[name]).map((name) => [name, choice[name]]);
  return new URLSearchParams(given).toString();
}

function link(file, line, column) {
  const address = offer.editor.replace("{file}", encodeURI(file)).replace("{line}", line).replace("{column}", column);
  const short = file.split("/").slice(-2).join("/");
  return make("a", { href: address }, `${short}:${line}:${column}`);
}

// --- the choice --------------------------------------------------------------------------

function options(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, text]) => make("option", { value }, text)));
  select.value = pairs.some(([value]) => value === chosen) ? chosen : pairs[0]?.[0] ?? "";
  return select.value;
}

function fitting() {
  return offer.examples.filter((one) => one.service === choice.service && one.kind === choice.kind);
}

function fill() {
  const form = at("choice").elements;
  choice.service = options(form.service, offer.services.map((one) => [one.id, one.name]), choice.service);
  choice.kind = options(form.kind, offer.kinds.map((one) => [one, one.replaceAll("_", " ")]), choice.kind);
  const variants = offer.services.find((one) => one.id === choice.service)?.variants[choice.kind] ?? [];
  choice.variant = options(form.variant, [["", "none"], ...variants.map((one) => [one, one])], choice.variant);
  const sheets = offer.easy.includes(choice.kind) ? [["", "the paper"], ["easy", "easy sheet"]] : [["", "the paper"]];
  choice.sheet = options(form.sheet, sheets, choice.sheet);
  choice.state = options(form.state, offer.states.map((one) => [one, one]), choice.state);
  const needsExample = choice.state === "draft" || choice.state === "final";
  const examples = fitting().map((one) => [one.name, one.name]);
  choice.example = options(form.example, needsExample && examples.length ? examples : [["", "none"]], choice.example);
  const languages = offer.languages.map((one) => [one, one]);
  choice.language = options(form.language, [["", "its own"], ...languages], choice.language);
  choice.beside = options(form.beside, [["", "none"], ...languages], choice.beside);
  choice.stress = options(form.stress, Object.entries(STRESSES), choice.stress);
  form.against.value = choice.against ?? "";
  options(at("found"), offer.examples.map((one) => [one.name, one.name]), "");
  for (const button of at("views").children) button.setAttribute("aria-pressed", String(button.value === choice.view));
}

function go(change, replace = false) {
  choice = { ...choice, ...change };
  fill();
  const address = `?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query())), view: choice.view })}`;
  history[replace ? "replaceState" : "pushState"]({}, "", address);
  document.title = `${choice.kind.replaceAll("_", " ")} · ${choice.service} · planforms preview`;
  refresh();
}

function fromAddress() {
  const given = Object.fromEntries(new URLSearchParams(location.search));
  choice = { view: "pages", state: "blank", ...given };
  if (!(choice.view in NAMES)) choice.view = "pages";
}

function choose(name) {
  const one = offer.examples.find((example) => example.name === name);
  if (one) go({ service: one.service, kind: one.kind, state: one.state, example: one.name });
}

function step(by) {
  const names = offer.examples.map((one) => one.name);
  if (!names.length) return;
  const here = names.indexOf(choice.example);
  choose(names[(here + by + names.length) % names.length]);
}

// --- views -------------------------------------------------------------------------------

const DRAW = {
  pages(found) {
    const engines = Object.entries(found.engines);
    const columns = engines.map(([engine, one]) => {
      const pictures = one.pages.map((source, index) =>
        make("img", { class: "page", src: source, alt: `Page ${index + 1} of ${one.count}, ${engine}` }));
      const left = one.count - one.pages.length;
      return make("div", {}, ...pictures, ...(left > 0 ? [make("p", {}, `${left} more pages are not drawn.`)] : []));
    });
    return make("div", columns.length > 1 ? { class: "engines" } : {}, ...columns);
  },
  engines: (found) => DRAW.pages(found),
  large: (found) => DRAW.pages(found),
  word_pages: (found) => DRAW.pages(found),
  word(found) {
    return make("div", { class: "text" }, ...found.paragraphs.map((one) => one.rows
      ? table("", [], one.rows)
      : make("p", one.style.startsWith("Heading") ? { class: "heading" } : {}, one.text, " ", make("span", { class: "soft" }, one.style))));
  },
  text(found) {
    return make("div", { class: "text" }, ...found.lines.map((line) => make("p", {}, line)));
  },
  facts(found) {
    const rows = found.facts.map((one) => [one.rule, one.date, one.words, one.source, one.checked]);
    return table("What the rules say", ["Rule", "Date", "Words", "Source", "Checked"], rows);
  },
  data(found) {
    const rows = found.places.map((one) => [
      one.path, one.label, one.type, [one.needed && "needed", one.guarded && "guarded"].filter(Boolean).join(", "),
      Array.isArray(one.value) ? one.value.join(", ") : one.value ?? "",
    ]);
    const rest = found.unprinted.map((one) => [one.path, one.value]);
    return make("div", {}, table("Printed", ["Path", "Label", "Type", "Marks", "Value"], rows),
      ...(rest.length ? [table("In the data, and not printed", ["Path", "Value"], rest)] : []));
  },
  languages(found) {
    const side = (one) => make("div", {}, ...(one
      ? [make("h3", {}, one.heading), ...one.lines.map((line) => make("p", line.only ? { class: "only" } : {}, line.text))]
      : [make("p", { class: "only" }, "This language has no such section.")]));
    return make("div", { class: "text" }, ...found.sections.map((one) =>
      make("div", { class: "pair" }, side(one.first), side(one.second))));
  },
  revisions(found) {
    const names = { same: "span", gone: "del", new: "ins" };
    return make("div", { class: "text" }, ...found.rows.map((row) =>
      make("p", {}, ...row.flatMap((part) => [make(names[part.kind], {}, part.text), " "]))));
  },
};

function table(caption, head, rows) {
  const cells = (row, name) => make("tr", {}, ...row.map((cell) => make(name, name === "th" ? { scope: "col" } : {}, String(cell))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption || "Table of the Word file" },
    make("table", {}, ...(caption ? [make("caption", {}, caption)] : []),
      ...(head.length ? [make("thead", {}, cells(head, "th"))] : []), make("tbody", {}, ...rows.map((row) => cells(row, "td")))));
}

async function refresh() {
  const turn = ++asked;
  at("shown").setAttribute("aria-busy", "true");
  if (choice.view === "languages" && !choice.beside) return say("Choose a language under Beside.", turn);
  if (choice.view === "revisions" && !choice.against) return say("Say under Compare with what to compare with: built-in, or a revision of git.", turn);
  let found;
  try {
    found = await ask(`/view/${choice.view}?${query()}`);
  } catch {
    return;
  }
  if (turn !== asked) return;
  at("broken").hidden = found.ok;
  if (!found.ok) {
    at("problems").replaceChildren(...found.problems.map(problem));
  } else if (choice.view === "web") {
    await showPage(found.number, turn);
  } else {
    show(DRAW[choice.view](found));
  }
  at("shown").setAttribute("aria-busy", "false");
  at("shown").dataset.number = found.number;
  measure(turn);
  check(turn);
}

function say(words, turn) {
  if (turn !== asked) return;
  at("broken").hidden = true;
  show(make("p", {}, words));
  at("shown").setAttribute("aria-busy", "false");
}

function show(node) {
  const [x, y] = [scrollX, scrollY];
  at("shown").replaceChildren(node);
  scrollTo(x, y);
}

// The new page is loaded behind the old one, and shown when it stands where the old one stood.
function showPage(state, turn) {
  return new Promise((done) => {
    const old = at("shown").querySelector("iframe");
    const frame = make("iframe", { title: "The web page", src: `/page?${query()}&number=${state}` });
    frame.addEventListener("load", () => {
      if (turn !== asked) { frame.remove(); return done(); }
      const inside = frame.contentWindow;
      if (old) inside.scrollTo(old.contentWindow.scrollX, old.contentWindow.scrollY);
      inside.document.addEventListener("click", wordChosen);
      inside.document.addEventListener("keydown", key);
      outline(inside.document);
      for (const other of [...at("shown").children]) if (other !== frame) other.remove();
      frame.hidden = false;
      done();
    }, { once: true });
    if (old) frame.style.visibility = "hidden";
    at("shown").append(frame);
    frame.addEventListener("load", () => { frame.style.visibility = ""; });
  });
}

// --- from the paper to the source --------------------------------------------------------

function outline(page) {
  for (const { file, lines } of changed) {
    const name = file.split("/").slice(-2).join("/");
    const spans = [...page.querySelectorAll(`[data-origin^="${CSS.escape(name)}:"]`)];
    const starts = [...new Set(spans.map((one) => Number(one.dataset.origin.split(":")[1])))].sort((a, b) => a - b);
    const hit = new Set(lines.map((line) => starts.filter((start) => start <= line).at(-1)));
    const found = spans.filter((one) => hit.has(Number(one.dataset.origin.split(":")[1])));
    for (const one of found) one.style.outline = "2px solid #0b57a4";
  }
}

async function wordChosen(event) {
  const span = event.target.closest("[data-origin]");
  if (!span) return;
  event.preventDefault();
  const { origin, path } = span.dataset;
  const rows = [];
  const where = origin ? await ask(`/where?place=${encodeURIComponent(origin)}`) : {};
  if (where.file) rows.push(["Template", link(where.file, where.line, where.column)], ["Line", make("pre", {}, where.source.trim())]);
  if (path) {
    const { places = [] } = await ask(`/view/data?${query()}`);
    const place = places.find((one) => one.path === path);
    rows.push(["Path", path]);
    if (place) rows.push(["Label", place.label], ["Type", place.type], ["Marks", [place.needed && "needed", place.guarded && "guarded"].filter(Boolean).join(", ") || "none"]);
  }
  const { facts = [] } = await ask(`/view/facts?${query()}`);
  for (const fact of facts) if (fact.words && span.textContent.includes(fact.words)) rows.push(["Rule", fact.rule], ["Source", fact.source || "the data alone"]);
  at("word").replaceChildren(make("dl", {}, ...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])));
}

// --- the margin --------------------------------------------------------------------------

async function measure(turn) {
  const found = await ask(`/view/margin?${query()}`);
  if (turn !== asked || !found.ok) return;
  const rows = [
    ["Pages", found.most_pages ? `${found.pages} of at most ${found.most_pages}` : found.pages, found.most_pages && found.pages > found.most_pages],
    ["LIX", found.lix === null ? "too little text" : found.lix_limit ? `${found.lix}, under ${found.lix_limit} is wanted` : found.lix, found.lix_limit && found.lix >= found.lix_limit],
    ["Longest sentence", found.longest || "none", false],
    ...found.warnings.map((one) => ["Warning", `${one.place}: ${one.message}`, true]),
  ];
  at("measures").replaceChildren(...rows.flatMap(([name, value, over]) => [make("dt", {}, name), make("dd", over ? { class: "over" } : {}, String(value))]));
}

async function check(turn) {
  const found = await ask("/view/findings");
  if (turn !== asked || !found.ok) return;
  const paper = `${choice.kind}${choice.sheet ? "_easy" : ""}`;
  const open = [`/${paper}.html`, `/${paper}.docx`, "/_parts.html", "/terms.po", "/locale.toml", "/termbase.toml", "/words.txt", `/${choice.service}.toml`];
  const shown = found.findings.filter((one) => open.some((name) => one.file.endsWith(name)));
  at("findings").replaceChildren(...(shown.length ? shown.map(problem) : [make("li", {}, "nothing")]));
}

// A paragraph of a Word file has no line that an editor could open.
function place(one) {
  if (!one.file) return make("code", {}, one.place);
  if (!one.file.endsWith(".docx")) return link(one.file, one.line, one.column);
  return make("code", {}, [one.file.split("/").slice(-2).join("/"), one.where].filter(Boolean).join(": "));
}

function problem(one) {
  const item = make("li", {});
  item.append(place(one), ` ${one.message}`);
  if (one.source) {
    const start = Math.max(0, (one.column ?? 1) - 1);
    const marked = one.text ? one.text.split("\n")[0].length : 1;
    item.append(make("pre", {}, one.source.slice(0, start), make("mark", {}, one.source.slice(start, start + marked) || " "), one.source.slice(start + marked)));
  }
  if (one.hint) item.append(make("p", { class: "soft" }, one.hint));
  return item;
}

// --- keys, changes, start ----------------------------------------------------------------

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const views = Object.keys(NAMES);
  const wanted = views["1234567890".indexOf(event.key)];
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "b") go({ state: "blank" });
  else if (event.key === "/") { event.preventDefault(); at("find").elements.search.focus(); }
  else if (wanted) go({ view: wanted });
}

function listen() {
  const source = new EventSource("/events");
  source.addEventListener("message", async (event) => {
    const told = JSON.parse(event.data);
    at("live").textContent = "live";
    if (told.number === number) return;
    number = told.number;
    changed = told.changed;
    if (!changed.length) return;
    offer = await ask("/choices").then((found) => (found.ok ? found : offer));
    fill();
    refresh();
  });
  source.addEventListener("error", () => { at("live").textContent = "not connected; trying again …"; });
}

async function start() {
  offer = await ask("/choices");
  if (!offer.ok) {
    at("broken").hidden = false;
    offer.editor ??= "";
    at("problems").replaceChildren(...offer.problems.map(problem));
    return;
  }
  at("views").append(...Object.entries(NAMES).map(([value, text]) => {
    const button = make("button", { type: "button", value, "aria-pressed": "false" }, text);
    button.addEventListener("click", () => go({ view: value }));
    return button;
  }));
  at("choice").addEventListener("change", (event) => {
    const { name, value } = event.target;
    if (name === "example") choose(value);
    else go({ [name]: value });
  });
  at("choice").addEventListener("submit", (event) => event.preventDefault());
  at("find").addEventListener("submit", (event) => event.preventDefault());
  at("find").elements.search.addEventListener("change", (event) => choose(event.target.value));
  at("previous").addEventListener("click", () => step(-1));
  at("next").addEventListener("click", () => step(1));
  addEventListener("keydown", key);
  addEventListener("popstate", () => { fromAddress(); fill(); refresh(); });
  fromAddress();
  go({}, true);
  listen();
}

start();
