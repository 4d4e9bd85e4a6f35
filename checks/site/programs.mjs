// Takes the programs out of the site's pages: NAME.ts and NAME.py for every hook.
//
//   node site/programs.mjs FOLDER OUT
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, out] = process.argv.slice(2);
const text = (html) => html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
for (const name of readdirSync(join(folder, "hooks"))) {
  const page = readFileSync(join(folder, "hooks", name), "utf8");
  for (const [language, ending] of [["ts", "ts"], ["python", "py"]]) {
    const block = new RegExp(`<code class="language-${language}">([^<]*)</code>`).exec(page);
    if (!block) throw new Error(`${name} has no program in ${language}`);
    writeFileSync(join(out, name.replace(/html$/, ending)), text(block[1]));
  }
}
