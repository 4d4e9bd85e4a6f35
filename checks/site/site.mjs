// The reference site in a browser, from disk: search by keyboard, deep links, theme, phone width, accessibility, and
// that nothing is loaded from elsewhere.
//
//   node site/site.mjs FOLDER [CHROMIUM]
//
// FOLDER holds index.html. Ends with 1 and a list of what is wrong.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const [folder, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
if (!folder || !existsSync(join(folder, "index.html"))) {
  console.error("usage: node site/site.mjs FOLDER [CHROMIUM], where FOLDER has an index.html");
  process.exit(2);
}
const root = pathToFileURL(`${resolve(folder)}/`).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = [
  ...readdirSync(folder).filter((name) => name.endsWith(".html")),
  ...readdirSync(join(folder, "hooks")).map((name) => `hooks/${name}`),
];
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

const wrong = [];
const must = (holds, what) => { if (!holds) wrong.push(what); };

const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A page that tells of errors and of whatever it asks for that is not on disk.
async function open(context, path) {
  const page = await context.newPage();
  page.on("console", (message) => must(!["error", "warning"].includes(message.type()), `${path}: the console says: ${message.text()}`));
  page.on("pageerror", (error) => must(false, `${path}: ${error.message}`));
  page.on("request", (request) => must(/^(file|data):/.test(request.url()), `${path} asks for ${request.url()}`));
  page.on("requestfailed", (request) => must(false, `${path}: can't load ${request.url()}`));
  await page.goto(root + path);
  return page;
}

async function everyPage() {
  const context = await browser.newContext({ viewport: phone });
  for (const path of pages) {
    const page = await open(context, path);
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    must(tooWide <= 0, `${path}: ${tooWide} px too wide for a phone`);
    await page.close();
  }
  await context.close();
}

// One page of each kind; hooks differ by their type.
function kinds() {
  const types = new Map();
  for (const path of pages.filter((path) => path.startsWith("hooks/"))) {
    const type = /class="pill of-(\w+)"/.exec(readFileSync(join(folder, path), "utf8"))?.[1];
    if (type && !types.has(type)) types.set(type, path);
  }
  return [...pages.filter((path) => !path.startsWith("hooks/")), ...types.values()];
}

async function accessible() {
  for (const [colorScheme, viewport] of [["light", desk], ["dark", desk], ["light", phone]]) {
    const context = await browser.newContext({ viewport, colorScheme });
    for (const path of kinds()) {
      const page = await open(context, path);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false }));
      for (const { id, impact, help, nodes } of violations.filter(({ impact }) => ["serious", "critical"].includes(impact))) {
        const where = nodes.slice(0, 3).map(({ html, failureSummary }) => `\n  ${html.slice(0, 160)}\n  ${failureSummary}`);
        must(false, `${path}, ${colorScheme}, ${viewport.width} px: ${impact}: ${id}: ${help}${where.join("")}`);
      }
      await page.close();
    }
    await context.close();
  }
}

async function search() {
  const context = await browser.newContext({ viewport: desk });
  const page = await open(context, "index.html");
  const link = page.locator("#navigation details a").first();
  const [name, address] = [await link.textContent(), await link.evaluate((link) => link.href)];
  const selected = page.locator("#found [aria-selected=true]");

  await page.keyboard.press("/");
  await page.keyboard.type(name.slice(0, -1));
  await selected.first().waitFor();
  const first = await selected.getAttribute("id");
  must(await page.locator("[role=combobox]").getAttribute("aria-activedescendant") === first, "search: the selected result is not told to assistants");
  await page.keyboard.press("ArrowDown");
  must(await selected.getAttribute("id") !== first || await page.locator("#found li").count() === 1, "search: arrow down selects nothing else");
  await page.keyboard.press("ArrowUp");
  must(await selected.getAttribute("id") === first, "search: arrow up does not lead back");
  await page.keyboard.press("Escape");
  must(await page.locator("#found").isHidden(), "search: escape does not close it");

  await page.keyboard.press("/");
  await page.keyboard.type(name);
  await selected.first().waitFor();
  await Promise.all([page.waitForURL(address), page.keyboard.press("Enter")]);
  must(page.url() === address, `search: Enter on ${name} leads to ${page.url()}`);

  await page.keyboard.press("/");
  await page.keyboard.type("no such thing anywhere");
  await page.locator("#found .nothing").waitFor();
  await context.close();
}

// A parameter of a hook, by its address: it is in view, and its details are open.
async function deepLink() {
  const context = await browser.newContext({ viewport: desk });
  const path = pages.filter((path) => path.startsWith("hooks/")).find((path) => readFileSync(join(folder, path), "utf8").includes('<tr id="member-'));
  const id = [...readFileSync(join(folder, path), "utf8").matchAll(/<tr id="(member-[^"]*)"/g)].at(-1)[1];
  const page = await open(context, `${path}#${id}`);
  const row = page.locator(`[id="${id}"]`);
  const top = await row.evaluate((row) => row.getBoundingClientRect().top);
  must(top >= 0 && top < desk.height, `${path}#${id}: stands at ${top} px, out of view`);
  must(await row.locator("details").first().evaluate((details) => details.open), `${path}#${id}: its details are closed`);
  await context.close();
}

async function theme() {
  const context = await browser.newContext({ viewport: desk, colorScheme: "light" });
  const page = await open(context, "index.html");
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground(page);
  await page.locator("#theme").click();
  const dark = await ground(page);
  must(light !== dark, "theme: the button changes nothing");
  const other = await open(context, kinds().at(-1));
  must(await ground(other) === dark, "theme: another page has forgotten it");
  await other.locator("#theme").click();
  must(await ground(other) === light, "theme: there is no way back");
  await context.close();
}

// Tabs show one program at a time; the copy button of a block is there.
async function programs() {
  const context = await browser.newContext({ viewport: desk });
  const page = await open(context, kinds().at(-1));
  const tabs = page.locator("[role=tab]");
  const shown = () => page.locator("[role=tabpanel]:not([hidden])");
  must(await tabs.count() > 1 && await shown().count() === 1, "programs: not one at a time");
  await tabs.nth(1).click();
  must(await shown().getAttribute("aria-labelledby") === await tabs.nth(1).getAttribute("id"), "programs: the second tab shows another");
  must(await page.locator(".copy").count() === await page.locator("main pre").count(), "programs: a block has no copy button");
  await context.close();
}

// Without JavaScript everything is there but search, theme and tabs.
async function withoutScripts() {
  const context = await browser.newContext({ viewport: phone, javaScriptEnabled: false });
  const page = await open(context, kinds().at(-1));
  must(await page.locator("#in-python pre").isVisible() && await page.locator("#in-rust pre").isVisible(), "no scripts: a program is hidden");
  must(await page.locator("#navigation a").first().isVisible(), "no scripts: the list of pages is hidden");
  must(await page.locator("#theme").isHidden(), "no scripts: a button that does nothing");
  await context.close();
}

for (const check of [everyPage, search, deepLink, theme, programs, withoutScripts, accessible]) {
  try {
    await check();
  } catch (error) {
    must(false, `${check.name}: ${error.message}`);
  }
}
await browser.close();
for (const what of wrong) console.error(what);
console.log(`${pages.length} pages, axe on ${kinds().length} kinds in two themes and two widths: ${wrong.length === 0 ? "nothing wrong" : `${wrong.length} wrong`}`);
process.exit(wrong.length === 0 ? 0 : 1);
